// Builds everything the browser gets into ../wwwroot/dist: scripts, styles in both directions, the icon sprite, the favicon.
import { execFileSync } from "node:child_process";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";
import rtlcss from "rtlcss";
import * as sass from "sass";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, "..", "wwwroot", "dist");
const require = createRequire(import.meta.url);
const target = ["chrome109", "firefox115", "safari15.6"];

/** Types are checked by the compiler, which writes nothing; esbuild only strips them. */
function checkTypes() {
  const tsc = path.join(here, "node_modules", "typescript", "bin", "tsc");
  execFileSync(process.execPath, [tsc, "--noEmit", "-p", here], { stdio: "inherit" });
}

async function buildScripts() {
  await esbuild.build({
    absWorkingDir: here,
    entryPoints: ["site.ts", "channel.ts", "files.ts", "documents.ts", "webinar.ts", "room.ts"],
    outdir: out,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    legalComments: "eof",
    target,
  });
}

/** Sass warns about Bootstrap's own @import and colour functions; those notices are for Bootstrap's authors. */
function compileSass() {
  return sass.compile(path.join(here, "styles", "site.scss"), {
    loadPaths: [path.join(here, "node_modules")],
    quietDeps: true,
    silenceDeprecations: ["import"],
    charset: false,
  }).css;
}

async function buildStyles() {
  const css = compileSass().replace(/^\uFEFF/u, "");
  if (css.includes("data:")) throw new Error("The style sheet carries a data: address, which the content security policy refuses.");
  for (const [name, text] of [["site.css", css], ["site.rtl.css", rtlcss.process(css)]]) {
    const small = await esbuild.transform(text, { loader: "css", minify: true, legalComments: "none", target });
    await writeFile(path.join(out, name), small.code);
  }
}

/** One file of symbols, each under its Bootstrap name: <use href="icons.svg#clock">. */
async function buildSprite() {
  const names = JSON.parse(await readFile(path.join(here, "icons.json"), "utf8"));
  const folder = path.join(path.dirname(require.resolve("bootstrap-icons/package.json")), "icons");
  const symbols = await Promise.all(names.map(async name => {
    const svg = await readFile(path.join(folder, `${name}.svg`), "utf8");
    const shape = /<svg[^>]*>([\s\S]*)<\/svg>/u.exec(svg)[1].replace(/\s*\n\s*/gu, "");
    return `<symbol id="${name}" viewBox="0 0 16 16">${shape}</symbol>`;
  }));
  await writeFile(path.join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

checkTypes();
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([buildScripts(), buildStyles(), buildSprite(), copyFile(path.join(here, "favicon.svg"), path.join(out, "favicon.svg"))]);
