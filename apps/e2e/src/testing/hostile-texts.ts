/** Markup that says so in the page's title, should it ever run. */
export const markup = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>&amp;`;

/** Text that turns its direction around, ends lines, and hides. */
export const tricks = "\u202Egpj.exe\u2066 \u0000\u0007\u200B\u2028 ‮ مرحبا";
