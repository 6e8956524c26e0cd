// An upload over lines that are cut, against a hub that answers from a list.
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { Upload } from "../upload.ts";

let asked = [];
let answers = [];

/** Only as much of XMLHttpRequest as the upload uses. */
class Request {
  upload = new EventTarget();
  events = new EventTarget();
  headers = {};
  answer = {};
  addEventListener(name, listener) { this.events.addEventListener(name, listener); }
  open(method, address) { Object.assign(this, { method, address }); }
  setRequestHeader(name, value) { this.headers[name] = value; }
  getResponseHeader(name) { return this.answer.headers?.[name] ?? null; }
  abort() { this.events.dispatchEvent(new Event("abort")); }
  get status() { return this.answer.status; }
  get responseText() { return this.answer.text ?? ""; }
  send(body) {
    asked.push({ method: this.method, address: this.address, offset: this.headers["Upload-Offset"], tus: this.headers["Tus-Resumable"], size: body instanceof Blob ? body.size : 0 });
    this.answer = answers.shift() ?? {};
    queueMicrotask(() => this.events.dispatchEvent(new Event(this.answer.status ? "load" : "error")));
  }
}

class Memory extends Map {
  getItem(key) { return this.get(key) ?? null; }
  setItem(key, value) { this.set(key, value); }
  removeItem(key) { this.delete(key); }
}

globalThis.XMLHttpRequest = Request;
globalThis.addEventListener ??= () => undefined;
Math.random = () => 0;

const at = offset => ({ "Upload-Offset": String(offset) });
const made = { status: 201, headers: { Location: "/uploads/one" } };
const done = { status: 200, text: "{\"id\":\"document\"}" };
const cut = {};
const file = new File([new Uint8Array(300_000)], "plan.pdf", { lastModified: 7 });
let storage = new Memory();
const upload = (waiting = []) => new Upload("souk", file, file.name, { progress() {}, waiting: is => waiting.push(is) }, storage);

describe("an upload", () => {
  beforeEach(() => { asked = []; storage = new Memory(); });

  it("goes in pieces and becomes what it is to be", async () => {
    answers = [made, { status: 204, headers: at(262_144) }, { status: 204, headers: at(300_000) }, done];
    assert.deepEqual(await upload().send("document", { group: "souk" }), { id: "document" });
    assert.deepEqual(asked.map(one => [one.method, one.address, one.offset]),
      [["POST", "/groups/souk/uploads", undefined], ["PATCH", "/uploads/one", "0"], ["PATCH", "/uploads/one", "262144"], ["POST", "/uploads/one/document", undefined]]);
    assert.ok(asked.every(one => one.tus === "1.0.0"));
    assert.equal(storage.size, 0);
  });

  it("goes on after a cut from where the hub stands, in smaller pieces", async () => {
    const waiting = [];
    answers = [made, cut, { status: 200, headers: at(100_000) }, { status: 204, headers: at(231_072) }, { status: 204, headers: at(300_000) }, done];
    await upload(waiting).send("document", {});
    assert.deepEqual([asked[3].offset, asked[3].size], ["100000", 131_072]);
    assert.deepEqual([waiting.includes(true), waiting.at(-1)], [true, false]);
  });

  it("is begun anew when the hub no longer knows it", async () => {
    answers = [made, { status: 404 }, { status: 404 }, { status: 201, headers: { Location: "/uploads/two" } }, { status: 204, headers: at(262_144) }, { status: 204, headers: at(300_000) }, done];
    await upload().send("document", {});
    assert.equal(asked.at(-1).address, "/uploads/two/document");
  });

  it("is taken up again when the same file is chosen after a reload", async () => {
    answers = [made, { status: 413, text: "{\"code\":\"too_long\",\"title\":\"Full\"}" }];
    await assert.rejects(upload().send("document", {}), { code: "too_long", message: "Full" });
    asked = [];
    answers = [{ status: 200, headers: at(200_000) }, { status: 204, headers: at(300_000) }, done];
    await upload().send("document", {});
    assert.deepEqual(asked.map(one => one.method), ["HEAD", "PATCH", "POST"]);
  });

  it("tells its end again when the answer was lost", async () => {
    answers = [made, { status: 204, headers: at(300_000) }, cut, { status: 500 }, done];
    assert.deepEqual(await upload().send("document", {}), { id: "document" });
    assert.equal(asked.filter(one => one.address.endsWith("/document")).length, 3);
  });

  it("stops when it is given up", async () => {
    const removed = [];
    globalThis.fetch = (address, { method }) => { removed.push([method, address]); return Promise.resolve(new Response()); };
    answers = [made];
    const one = upload();
    const sent = one.send("document", {});
    while (asked.length < 3) await new Promise(resolve => setTimeout(resolve, 5));
    one.cancel();
    await assert.rejects(sent, { name: "AbortError" });
    assert.deepEqual(removed, [["DELETE", "/uploads/one"]]);
  });
});
