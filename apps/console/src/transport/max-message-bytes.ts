/** The longest message that the page takes from a server: 64 MiB. Checked at its announced length. */
export const maxMessageBytes = 67_108_864;
