import { describe, expect, test } from "vitest";
import { createDraft } from "../../request/draft.ts";
import { createWorkbench, maxClosedTabs, maxTabs } from "./workbench-store.ts";

function openThree() {
  let count = 0;
  const workbench = createWorkbench({ tabs: [], activeId: undefined, target: "local", createId: () => `t${++count}` });
  for (const method of ["A", "B", "C"]) {
    workbench.open({ target: "local", service: "S", method }, createDraft("{}"));
  }
  const ids = () => workbench.store.getState().tabs.map(({ id }) => id);
  const active = () => workbench.store.getState().activeId;
  return { workbench, ids, active };
}

describe("createWorkbench()", () => {
  test("opens a tab beside the active one", () => {
    const { workbench, ids, active } = openThree();
    workbench.activate("t1");
    workbench.open({ target: "local", service: "S", method: "D" }, createDraft("{}"));
    expect(ids()).toEqual(["t1", "t4", "t2", "t3"]);
    expect(active()).toBe("t4");
  });

  test("shows the neighbour of a closed tab", () => {
    const { workbench, ids, active } = openThree();
    workbench.close("t3");
    expect([ids(), active()]).toEqual([["t1", "t2"], "t2"]);
  });

  test("keeps the active tab when another closes", () => {
    const { workbench, active } = openThree();
    workbench.close("t1");
    expect(active()).toBe("t3");
  });

  test("shows the first-minute page after the last tab", () => {
    const { workbench, active } = openThree();
    for (const id of ["t1", "t2", "t3"]) {
      workbench.close(id);
    }
    expect(active()).toBeUndefined();
  });

  test("brings a closed tab back to its place with its draft", () => {
    const { workbench, ids, active } = openThree();
    workbench.change("t2", { text: "typed" });
    workbench.close("t2");
    workbench.undoClose();
    expect([ids(), active()]).toEqual([["t1", "t2", "t3"], "t2"]);
    expect(workbench.store.getState().tabs[1]?.draft.text).toBe("typed");
  });

  test("brings closed tabs back one by one, the last one first", () => {
    const { workbench, ids } = openThree();
    for (const id of ["t1", "t3", "t2"]) {
      workbench.close(id);
    }
    workbench.undoClose();
    expect(ids()).toEqual(["t2"]);
    workbench.undoClose();
    workbench.undoClose();
    workbench.undoClose();
    expect(ids()).toEqual(["t1", "t2", "t3"]);
  });

  test("remembers a bounded number of closed tabs", () => {
    const { workbench } = openThree();
    for (let i = 0; i < maxClosedTabs + 5; i++) {
      const tab = workbench.open({ target: "local", service: "S", method: "A" }, createDraft(""));
      workbench.close(tab?.id ?? "");
    }
    expect(workbench.store.getState().closed).toHaveLength(maxClosedTabs);
  });

  test("marks a draft as changed until it is sent", () => {
    const { workbench } = openThree();
    const isChanged = () => workbench.store.getState().tabs[1]?.isChanged === true;
    expect(isChanged()).toBe(false);
    workbench.change("t2", { text: "typed" });
    expect(isChanged()).toBe(true);
    workbench.markSent("t2");
    expect(isChanged()).toBe(false);
  });

  test("takes the question back when the tab in question is closed", () => {
    const { workbench } = openThree();
    workbench.askToClose("t2");
    workbench.close("t2");
    expect(workbench.store.getState().askedToClose).toBeUndefined();
  });

  test("opens no more tabs than fit", () => {
    const { workbench, ids } = openThree();
    for (let i = 0; i < maxTabs; i++) {
      workbench.open({ target: "local", service: "S", method: "A" }, createDraft(""));
    }
    expect(ids()).toHaveLength(maxTabs);
  });
});

describe("createWorkbench() with targets", () => {
  test("shows the target of the tab that is shown, and another's page on demand", () => {
    const { workbench, active } = openThree();
    const target = () => workbench.store.getState().target;
    workbench.open({ target: "x", service: "S", method: "A" }, createDraft("{}"));
    expect(target()).toBe("x");
    workbench.activate("t1");
    expect(target()).toBe("local");
    workbench.showTarget("x");
    expect([target(), active()]).toEqual(["x", undefined]);
    workbench.activate("t4");
    workbench.close("t4");
    expect(target()).toBe("local");
  });

  test("lets tabs follow a target to its new name", () => {
    const { workbench } = openThree();
    workbench.open({ target: "x", service: "S", method: "A" }, createDraft("typed"));
    workbench.renameTarget("x", "y");
    const { tabs, target } = workbench.store.getState();
    expect([target, tabs.at(-1)?.route.target, tabs.at(-1)?.draft.text]).toEqual(["y", "y", "typed"]);
    expect(tabs[0]?.route.target).toBe("local");
  });

  test("fills in an example once, and never over what was typed", () => {
    const { workbench } = openThree();
    const texts = () =>
      workbench.store
        .getState()
        .tabs.slice(3)
        .map(({ draft }) => draft.text);
    workbench.open({ target: "x", service: "S", method: "A" }, undefined);
    workbench.open({ target: "x", service: "S", method: "B" }, undefined);
    workbench.fillExamples(() => undefined);
    expect(texts()).toEqual(["", ""]);
    workbench.change("t5", { text: "typed" });
    workbench.fillExamples(({ method }) => `example ${method}`);
    expect(texts()).toEqual(["example A", "typed"]);
    workbench.change("t4", { text: "" });
    workbench.fillExamples(({ method }) => `example ${method}`);
    expect(texts()).toEqual(["", "typed"]);
  });
});
