// Bundles the page into static files: `node web/build.mjs FOLDER`. File names carry a hash of their content,
// so any web server may let them be cached for ever. Fails when the download has grown beyond its budget.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { argv, exit } from "node:process";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

/** Bytes, compressed with brotli, of the machine: the wasm module and the worker with its glue. */
const MACHINE_BROTLI_BYTES_MAX = 400_000;

const web = fileURLToPath(new URL(".", import.meta.url));
const packageFolder = join(web, "../target/web/pkg");
const folder = argv[2];
if (folder === undefined) {
    console.error("usage: build.mjs FOLDER");
    exit(2);
}

/** Bundles one entry; gives the name of its output, which carries a hash. */
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
        metafile: true,
        define,
    });
    const [output] = Object.keys(result.metafile.outputs);
    return basename(output);
}

function writeWasm() {
    const bytes = readFileSync(join(packageFolder, "bivalve_bg.wasm"));
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
    const name = `bivalve-${hash}.wasm`;
    writeFileSync(join(folder, name), bytes);
    return name;
}

/** Sizes as they travel: raw, gzip, brotli. */
function sizes(name) {
    const bytes = readFileSync(join(folder, name));
    const brotli = brotliCompressSync(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    });
    return [bytes.length, gzipSync(bytes, { level: 9 }).length, brotli.length];
}

function row(title, numbers) {
    const cells = numbers.map((number) => `${(number / 1000).toFixed(1)} kB`.padStart(12));
    console.log(`    ${title.padEnd(28)}${cells.join("")}`);
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const wasm = writeWasm();
const worker = await bundle("src/worker/worker.ts");
const main = await bundle("src/page/main.ts", {
    WORKER_FILE: JSON.stringify(worker),
    WASM_FILE: JSON.stringify(wasm),
});
const style = await bundle("src/page/style.css");
const names = { main, style };
const html = readFileSync(join(web, "index.html"), "utf8");
writeFileSync(
    join(folder, "index.html"),
    html.replace(/\{\{(\w+)\}\}/g, (_, name) => names[name]),
);

console.log(`    ${"".padEnd(28)}${["raw", "gzip", "brotli"].map((title) => title.padStart(12)).join("")}`);
const machine = [wasm, worker].map((name) => [name, sizes(name)]);
const page = [main, style, "index.html"].map((name) => [name, sizes(name)]);
for (const [name, numbers] of [...machine, ...page]) row(name, numbers);
const sum = (files) => files.reduce((total, [, numbers]) => total.map((n, i) => n + numbers[i]), [0, 0, 0]);
row("machine: wasm and worker", sum(machine));
row("everything", sum([...machine, ...page]));

const brotli = sum(machine)[2];
if (brotli > MACHINE_BROTLI_BYTES_MAX) {
    console.error(`the machine takes ${brotli} bytes of brotli, over its budget of ${MACHINE_BROTLI_BYTES_MAX}`);
    exit(1);
}
