import assert from "node:assert/strict";
import test from "node:test";
import { CatchUp, hasMore } from "../catchup";

const change = revision => ({ revision });
const page = (revisions, rest = {}) => ({ revision: rest.revision ?? revisions.at(-1) ?? 0, messages: revisions.map(change), more: false, ...rest });
const numbers = changes => changes.map(each => each.revision);

test("Live events wait for the pages and then follow them in order", () => {
  const place = new CatchUp(10);
  place.begin();
  assert.deepEqual(numbers(place.live(change(14))), []);
  assert.deepEqual(numbers(place.live(change(13))), []);
  assert.deepEqual(numbers(place.page(page([11, 12]))), [11, 12, 13, 14]);
  assert.equal(place.position, 14);
});

test("A page that already brought a held event wins over it", () => {
  const place = new CatchUp(0);
  place.begin();
  place.live(change(2));
  assert.deepEqual(numbers(place.page(page([1, 2, 3]))), [1, 2, 3]);
  assert.deepEqual(numbers(place.live(change(3))), []);
  assert.deepEqual(numbers(place.live(change(4))), [4]);
});

test("Superseded numbers may be missing from a page", () => {
  const place = new CatchUp(0);
  place.begin();
  place.live(change(3));
  place.live(change(8));
  assert.deepEqual(numbers(place.page(page([2, 7]))), [2, 7, 8]);
  assert.equal(place.gap, false);
});

test("Held events stay held while there are more pages", () => {
  const place = new CatchUp(0);
  place.begin();
  place.live(change(4));
  assert.deepEqual(numbers(place.page(page([1, 2], { more: true }))), [1, 2]);
  assert.deepEqual(numbers(place.live(change(5))), []);
  assert.deepEqual(numbers(place.page(page([3]))), [3, 4, 5]);
});

test("An event after a hole waits and shows the gap", () => {
  const place = new CatchUp(5);
  place.begin();
  place.page(page([]));
  assert.deepEqual(numbers(place.live(change(7))), []);
  assert.equal(place.gap, true);
  place.begin();
  assert.deepEqual(numbers(place.page(page([6, 7]))), [6, 7]);
  assert.equal(place.gap, false);
});

test("A reset goes back to the restored revision", () => {
  const place = new CatchUp(90);
  place.begin();
  const restored = page([38, 40], { revision: 41, reset: true, more: true });
  assert.deepEqual(numbers(place.page(restored)), [38, 40]);
  assert.equal(hasMore(restored), false);
  assert.equal(place.position, 41);
  assert.deepEqual(numbers(place.live(change(42))), [42]);
});

test("Any order of pages and events gives each change once, in order", () => {
  for (let seed = 1; seed <= 200; seed++) {
    let state = seed;
    const random = n => (state = (state * 48271) % 2147483647) % n;
    const last = 40 + random(40);
    const place = new CatchUp(0);
    const seen = [];
    place.begin();
    let live = 10 + random(20);
    let served = 0;
    let more = true;
    while (more || live < last) {
      if (more && random(3) > 0) {
        const to = Math.min(live, served + 1 + random(9));
        more = to < live;
        seen.push(...numbers(place.page(page(Array.from({ length: to - served }, (_, i) => served + 1 + i), { more }))));
        served = to;
      } else if (live < last) seen.push(...numbers(place.live(change(++live))));
    }
    assert.deepEqual(seen, Array.from({ length: last }, (_, i) => i + 1), `seed ${seed}`);
  }
});
