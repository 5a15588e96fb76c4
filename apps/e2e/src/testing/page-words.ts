/** A language that the page speaks. */
export type PageLanguage = "en" | "zh-CN";

/** The names by which a user finds the page's parts. */
export interface PageWords {
  readonly request: string;
  readonly response: string;
  readonly editor: string;
  readonly form: string;
  readonly views: { readonly form: string; readonly json: string };
  readonly metadata: string;
  readonly send: string;
  readonly cancel: string;
  readonly openStream: string;
  readonly openAndSend: string;
  readonly sendMessage: string;
  readonly halfClose: string;
  readonly responseMessage: string;
  readonly table: string;
  readonly headers: string;
  readonly showTree: string;
  readonly open: string;
  readonly sentFigures: string;
  readonly receivedFigures: string;
  readonly messageLog: string;
  /** What stands after the name and number of each status. */
  readonly gloss: { readonly OK: string; readonly CANCELLED: string };
}

/** The page's words, written down apart from its catalogues, so that a lost or changed one is noticed. */
export const pageWords: Readonly<Record<PageLanguage, PageWords>> = {
  en: {
    request: "Request",
    response: "Response",
    editor: "Request message as JSON",
    form: "Request message as a form",
    views: { form: "Form", json: "JSON" },
    metadata: "Metadata",
    send: "Send",
    cancel: "Cancel",
    openStream: "Open stream",
    openAndSend: "Open and send",
    sendMessage: "Send message",
    halfClose: "Half-close",
    responseMessage: "Response message",
    table: "Table",
    headers: "Headers",
    showTree: "Show methods",
    open: "Open",
    sentFigures: "Messages and bytes sent",
    receivedFigures: "Messages and bytes received",
    messageLog: "Messages in order",
    gloss: { OK: "", CANCELLED: "" },
  },
  "zh-CN": {
    request: "请求",
    response: "响应",
    editor: "请求消息（JSON）",
    form: "请求消息（表单）",
    views: { form: "表单", json: "JSON" },
    metadata: "元数据",
    send: "发送",
    cancel: "取消",
    openStream: "打开流",
    openAndSend: "打开并发送",
    sendMessage: "发送消息",
    halfClose: "半关闭",
    responseMessage: "响应消息",
    table: "表格",
    headers: "头部",
    showTree: "显示方法列表",
    open: "已打开",
    sentFigures: "已发送的消息与字节",
    receivedFigures: "已接收的消息与字节",
    messageLog: "按顺序排列的消息",
    gloss: { OK: " 成功", CANCELLED: " 已取消" },
  },
};
