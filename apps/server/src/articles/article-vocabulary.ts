type Words = readonly [string, ...string[]];

/** The parts of which articles in one language are made. `{topic}` and `{place}` stand for words of the lists. */
export interface Vocabulary {
  topics: Words;
  places: Words;
  /** Patterns of titles. */
  titles: Words;
  /** Patterns of sentences, each with its full stop. */
  sentences: Words;
  /** What stands between two sentences. */
  gap: string;
}

export const ENGLISH: Vocabulary = {
  topics: [
    "server streaming",
    "flow control",
    "deadlines",
    "the night train",
    "sourdough bread",
    "city bees",
    "connection pooling",
    "old lighthouses",
    "protocol buffers",
    "mountain weather",
    "backpressure",
    "the public library",
    "type systems",
    "river ferries",
    "load balancing",
    "winter cycling",
  ],
  places: [
    "Lisbon",
    "Kyoto",
    "Oslo",
    "Nairobi",
    "Montréal",
    "Chengdu",
    "Tallinn",
    "Valparaíso",
    "Leipzig",
    "Wellington",
  ],
  titles: [
    "What {topic} taught us in {place}",
    "A short introduction to {topic}",
    "{place} and the return of {topic}",
    "Five mistakes with {topic}",
    "Notes on {topic}, written in {place}",
    "Why {topic} matters more than it seems",
    "A year of {topic}",
    "Questions about {topic} that nobody in {place} asks",
  ],
  sentences: [
    "It began with a small experiment in {place}, on a grey Monday.",
    "Most people meet {topic} by accident.",
    "The first attempt took three weeks and taught us more than the manual did.",
    "In {place} the same question came up again and again.",
    "There is no secret to {topic}: measure, change one thing, and measure again.",
    "We kept a diary of every failure, which turned out to be the best part.",
    "Half of the advice about {topic} is older than the problem that it is meant to solve.",
    "A friend from {place} disagreed, and she had good reasons.",
    "What surprised us was not the speed but the quiet.",
    "If you try it yourself, begin with the smallest thing that can work.",
    "By the end of the summer, {topic} had become a habit.",
    "The numbers are in the table below; the conclusions are yours to draw.",
  ],
  gap: " ",
};

export const CHINESE: Vocabulary = {
  topics: [
    "流式传输",
    "城市漫步",
    "微服务",
    "手冲咖啡",
    "数据库索引",
    "古镇建筑",
    "负载均衡",
    "山间徒步",
    "接口设计",
    "旧书收藏",
  ],
  places: ["杭州", "成都", "北京", "泉州", "大理", "青岛", "西安", "广州"],
  titles: [
    "{topic}入门笔记",
    "在{place}谈{topic}",
    "关于{topic}的五个误区",
    "{place}的{topic}故事",
    "为什么{topic}值得认真对待",
    "{topic}这一年",
  ],
  sentences: [
    "事情要从{place}的一次小试验说起。",
    "多数人第一次接触{topic}都是偶然。",
    "第一版花了三个星期，收获比手册还多。",
    "{topic}没有捷径：先测量，再改动，然后再测量。",
    "来自{place}的朋友并不同意，她的理由也很充分。",
    "真正让人意外的不是速度，而是安静。",
    "如果你也想试试，请从最小的一步开始。",
    "到了夏天结束的时候，{topic}已经成了习惯。",
  ],
  gap: "",
};
