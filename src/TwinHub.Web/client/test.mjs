// Bundles the tests of the pure modules and gives them to Node's own runner.
import { execFileSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, "node_modules", ".cache", "tests");
const entryPoints = readdirSync(path.join(here, "test")).filter(name => name.endsWith(".test.mjs")).map(name => path.join(here, "test", name));

rmSync(out, { recursive: true, force: true });
await esbuild.build({ entryPoints, outdir: out, bundle: true, format: "esm", platform: "node", outExtension: { ".js": ".mjs" } });
execFileSync(process.execPath, ["--test", out], { stdio: "inherit" });
