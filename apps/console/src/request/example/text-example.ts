/**
 * An example of a string that suits a field whose name has these words. `position` tells the items of a list apart. Names
 * and addresses are of those set aside for examples (RFC 2606, RFC 5737, RFC 3849), and nobody's telephone rings.
 */
export function textExample(words: readonly string[], position: number): string {
  const name = words.join("_");
  const found = texts.find(([pattern]) => pattern.test(name))?.[1] ?? "example";
  return position === 0 ? found : another(found, position + 1);
}

/** The same kind of text, and another one. */
function another(text: string, ordinal: number): string {
  const last = /\d(?=\D*$)/.exec(text);
  if (/^[0-9a-f-]{36}$/.test(text)) {
    return text.slice(0, -2) + String(ordinal % 100).padStart(2, "0");
  }
  if (text.includes("@")) {
    return text.replace("@", `${ordinal}@`);
  }
  if (text.startsWith("https://")) {
    return `${text}${ordinal}`;
  }
  return last === null || !text.includes(".") ? `${text} ${ordinal}` : text.replace(/\d(?=\D*$)/, String(ordinal % 10));
}

/** In their order: the first whose pattern matches the words, joined by `_`, is taken. */
const texts: readonly (readonly [name: RegExp, text: string])[] = [
  [/(^|_)e?mails?(_address)?$/, "ada@example.com"],
  [/(avatar|image|photo|picture|icon|logo|thumbnail)_(url|uri)$/, "https://example.com/ada.png"],
  [/(^|_)(urls?|uris?|links?|href|website|homepage|endpoint|webhook)$/, "https://example.com/"],
  [/(^|_)(uuid|guid)s?$/, "123e4567-e89b-42d3-a456-426614174000"],
  [/(^|_)(page_token|cursor|next_token|continuation|continuation_token|order_by|sort_by|filter)$/, ""],
  [/(^|_)(ids?|pk|number|no|code_id)$/, "42"],
  [/(^|_)(first|given|fore)_?name$/, "Ada"],
  [/(^|_)(last|family|sur)_?name$/, "Lovelace"],
  [/(^|_)(full|display)_?name$/, "Ada Lovelace"],
  [/(^|_)(file_?name|file)$/, "example.txt"],
  [/(^|_)(host|host_?name|domain|domain_?name|server)$/, "example.com"],
  [/(^|_)(user_?name|login|nick_?name|handle|owner|author|user)$/, "ada"],
  [/(^|_)names?$/, "Ada"],
  [/(^|_)(phone|mobile|telephone|tel|fax)(_number)?$/, "+442079460123"],
  [/(^|_)(country|country_code|region_code)$/, "GB"],
  [/(^|_)currency(_code)?$/, "EUR"],
  [/(^|_)(language|lang|locale|language_code)$/, "en-GB"],
  [/(^|_)(time_?zone|tz)$/, "Europe/London"],
  [/(^|_)(zip|zip_?code|post_?code|postal_?code)$/, "SW1Y 4JH"],
  [/(^|_)(city|town|locality)$/, "London"],
  [/(^|_)(ip_?v6|ipv6_address)$/, "2001:db8::1"],
  [/(^|_)(ip|ip_?v4|ip_?address|remote_addr)$/, "192.0.2.1"],
  [/(^|_)(street|address|address_lines?|line1)$/, "12 St James’s Square"],
  [/(^|_)(title|subject|headline)$/, "A short title"],
  [/(^|_)(description|summary|comments?|notes?|bio|about|details?)$/, "A sentence about it."],
  [/(^|_)(content|body|text|message|msg|reply|greeting|word|data)$/, "hello"],
  [/(^|_)(colou?r)$/, "#3366cc"],
  [/(^|_)version$/, "1.0.0"],
  [/(^|_)path$/, "/example"],
  [/(^|_)(mime|mime_?type|content_?type|media_?type)$/, "text/plain"],
  [/(^|_)(date|birthday|birth_date|day)$/, "2030-10-10"],
  [/(^|_)(timestamp|time|datetime|at)$/, "2030-10-10T00:00:00Z"],
  [/(^|_)(duration|timeout|ttl)$/, "30s"],
  [/(^|_)keys?$/, "key"],
  [/(^|_)values?$/, "value"],
];
