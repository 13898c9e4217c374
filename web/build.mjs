// Bundles the page into static files: `node web/build.mjs FOLDER [--in-budget]`. File names carry a hash of
// their content, so any web server may let them be cached for ever; beside each file lie its gzip and brotli
// forms. Files that are already right are left alone. With --in-budget it fails when the download has grown
// beyond its budget.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { argv, exit } from "node:process";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

/** Bytes, compressed with brotli, of the machine: the wasm module and the worker with its glue. */
const MACHINE_BROTLI_BYTES_MAX = 650_000;

const web = fileURLToPath(new URL(".", import.meta.url));
const packageFolder = join(web, "../target/web/pkg");
const folder = argv[2];
if (folder === undefined) {
    console.error("usage: build.mjs FOLDER [--in-budget]");
    exit(2);
}

/** Names of the files that the page consists of. */
const emitted = new Set();

/** Puts a file and its compressed forms in place. */
function emit(name, bytes) {
    for (const file of [name, `${name}.gz`, `${name}.br`]) emitted.add(file);
    const path = join(folder, name);
    const complete = [path, `${path}.gz`, `${path}.br`].every((file) => existsSync(file));
    if (complete && readFileSync(path).equals(bytes)) return name;
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(path, bytes);
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
    return name;
}

/** Bundles one entry; gives the name of its output. */
async function bundle(entry, define = {}) {
    const result = await build({
        entryPoints: [join(web, entry)],
        outdir: folder,
        entryNames: "[name]-[hash]",
        tsconfig: join(web, "tsconfig.json"),
        bundle: true,
        minify: true,
        format: "esm",
        target: "es2022",
        legalComments: "none",
        logLevel: "warning",
        write: false,
        define,
    });
    const [output] = result.outputFiles;
    return emit(basename(output.path), Buffer.from(output.contents));
}

function emitWasm() {
    const bytes = readFileSync(join(packageFolder, "bivalve_bg.wasm"));
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
    return emit(`bivalve-${hash}.wasm`, bytes);
}

/** Bytes as they travel: raw, gzip, brotli. */
function sizes(name) {
    return ["", ".gz", ".br"].map((form) => statSync(join(folder, name + form)).size);
}

function sum(names) {
    return names.map(sizes).reduce((total, numbers) => total.map((number, form) => number + numbers[form]));
}

function tell(title, numbers) {
    const cells = numbers.map((number) => `${(number / 1000).toFixed(1)} kB`.padStart(12));
    console.log(`    ${title.padEnd(28)}${cells.join("")}`);
}

mkdirSync(folder, { recursive: true });
const wasm = emitWasm();
const worker = await bundle("src/worker/worker.ts");
const main = await bundle("src/page/main.ts", {
    WORKER_FILE: JSON.stringify(worker),
    WASM_FILE: JSON.stringify(wasm),
});
const style = await bundle("src/page/style.css");
const html = readFileSync(join(web, "index.html"), "utf8");
const index = emit("index.html", Buffer.from(html.replaceAll("{{main}}", main).replaceAll("{{style}}", style)));
for (const name of readdirSync(folder)) if (!emitted.has(name)) rmSync(join(folder, name));

console.log(`    ${"".padEnd(28)}${["raw", "gzip", "brotli"].map((title) => title.padStart(12)).join("")}`);
const machine = [wasm, worker];
const everything = [...machine, main, style, index];
for (const name of everything) tell(name, sizes(name));
tell("the machine: wasm, worker", sum(machine));
tell("everything", sum(everything));

const [, , brotli] = sum(machine);
if (argv.includes("--in-budget") && brotli > MACHINE_BROTLI_BYTES_MAX) {
    console.error(`the machine takes ${brotli} bytes of brotli, over its budget of ${MACHINE_BROTLI_BYTES_MAX}`);
    exit(1);
}
