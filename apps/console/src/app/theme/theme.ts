import { Button, createTheme, type MantineColorsTuple, NativeSelect, TextInput } from "@mantine/core";

const accent: MantineColorsTuple = [
  "#e8eefc",
  "#d0dcf8",
  "#b3c7ff",
  "#86a8ff",
  "#5c86f2",
  "#4772e4",
  "#3b66d9",
  "#2f5bd7",
  "#274ebd",
  "#1f409c",
];

/** The page's Mantine theme: one accent, 13 px text, controls 28 px high. Everything else is in tokens.css. */
export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 6 },
  colors: { accent },
  fontFamily: "var(--sb-sans)",
  fontFamilyMonospace: "var(--sb-mono)",
  fontSizes: { xs: "12px", sm: "13px", md: "13px", lg: "15px", xl: "18px" },
  defaultRadius: 5,
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: "xs" } }),
    TextInput: TextInput.extend({ defaultProps: { size: "xs" } }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: "xs" } }),
  },
});
