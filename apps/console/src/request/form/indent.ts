import { createContext } from "react";

/** How far the fields of the message around are moved to the right, in pixels: their labels are so much narrower. */
export const Indent = createContext(0);

/** How far the fields of a message are moved to the right within those of another. */
export const messageIndent = 21;

/** How far they are where the message is an item of a list or the value of a map's entry. */
export const itemIndent = 20;
