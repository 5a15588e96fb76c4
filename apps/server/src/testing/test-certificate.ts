/**
 * A certificate for `localhost` and 127.0.0.1 that signs itself, valid until 2126, and its key. For tests alone: the key
 * is no secret.
 */
export const testCertificate = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUNA1eKA+TWpAZ425VLUUcJ2752PIwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMDE5MjY1MloYDzIxMjYxMDI3
MTkyNjUyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASzWYNm90VaRAXJnd40ZeI+DJghAznNfKXRxMucsbucPGhAqr3XWBxC
yqzMbtuptdEPQn9i5hKAKhSB4it7G1fIo28wbTAdBgNVHQ4EFgQUSI/7Vkm07qA1
dXdu0Ofa90+fkrgwHwYDVR0jBBgwFoAUSI/7Vkm07qA1dXdu0Ofa90+fkrgwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIgMjY0bYCchSy/d688fXgeXCZmWolNj9/Ofkul7/PpszICIQDH
cUPZUnAx6pZuOStBHrAh0TEqJaMfIT1funYmeOEjMg==
-----END CERTIFICATE-----
`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgO4MdY/JvTUSQHwqJ
QX236CoHsKdc9Xh4K3ATqYez7z+hRANCAASzWYNm90VaRAXJnd40ZeI+DJghAznN
fKXRxMucsbucPGhAqr3XWBxCyqzMbtuptdEPQn9i5hKAKhSB4it7G1fI
-----END PRIVATE KEY-----
`,
} as const;
