// A real browser on the finished page: serves the page's files, opens it, types, and reads the terminal's
// buffer. `BIVALVE_WEB_DIST` names the folder of the page, `CHROMIUM` the browser.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { env } from "node:process";
import { chromium } from "playwright-core";

/** Milliseconds that a condition may take: long, because a busy computer is no failure. */
const PATIENCE_MS = 30_000;

/** The page lies in a folder, as on many static hosts: every address in it has to be relative. */
const FOLDER = "/some/folder/";

/** @type {Record<string, string>} */
const TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".wasm": "application/wasm",
};

const FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
];

/** The simplest static host there is, without any special header. */
async function serve() {
    const root = env["BIVALVE_WEB_DIST"];
    if (root === undefined) throw new Error("BIVALVE_WEB_DIST is not set");
    const server = createServer(async (request, response) => {
        const { pathname } = new URL(request.url ?? "/", "http://host");
        const name = pathname === FOLDER ? "index.html" : normalize(pathname.replace(FOLDER, ""));
        try {
            const bytes = await readFile(join(root, name));
            response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "application/octet-stream" });
            response.end(bytes);
        } catch {
            response.writeHead(404).end("not found\n");
        }
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    return { server, url: `http://127.0.0.1:${address.port}${FOLDER}` };
}

/** A running browser and the host of the page. */
export class Browser {
    /**
     * @param {import("playwright-core").Browser} browser
     * @param {import("node:http").Server} server
     * @param {string} url
     */
    constructor(browser, server, url) {
        this.browser = browser;
        this.server = server;
        this.url = url;
    }

    static async start() {
        const { server, url } = await serve();
        const executablePath = env["CHROMIUM"] ?? "/usr/bin/chromium";
        return new Browser(await chromium.launch({ executablePath, args: FLAGS }), server, url);
    }

    async stop() {
        await this.browser.close();
        this.server.close();
    }

    /** A person who has never been here opens the page. */
    async visit() {
        const context = await this.browser.newContext({ viewport: { width: 900, height: 560 } });
        return this.open(context);
    }

    /**
     * Another tab of the same person.
     * @param {import("playwright-core").BrowserContext} context
     */
    async open(context) {
        const visit = new Visit(await context.newPage(), context);
        visit.page.setDefaultTimeout(PATIENCE_MS);
        await visit.page.goto(this.url);
        await visit.ready();
        return visit;
    }
}

/** One tab with the page. */
export class Visit {
    /**
     * @param {import("playwright-core").Page} page
     * @param {import("playwright-core").BrowserContext} context
     */
    constructor(page, context) {
        this.page = page;
        this.context = context;
        /** @type {string[]} What the browser complained of, and requests that left the page's own host. */
        this.complaints = [];
        page.on("pageerror", (error) => this.complaints.push(String(error)));
        page.on("console", (message) => {
            if (message.type() === "error") this.complaints.push(message.text());
        });
        page.on("request", (request) => {
            if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url())) this.complaints.push(request.url());
        });
    }

    /** Waits until someone is logged in and the shell has shown its prompt. */
    async ready() {
        await this.page.waitForSelector("html[data-machine=ready]");
        await this.see(/[#$] ?$/);
    }

    /** @param {string} text */
    async type(text) {
        await this.page.keyboard.type(text);
    }

    /** @param {string} key in playwright's names, as `Control+c` */
    async press(key) {
        await this.page.keyboard.press(key);
    }

    /** Types a line and Enter. @param {string} line */
    async enter(line) {
        await this.type(line);
        await this.press("Enter");
    }

    /** The lines of the terminal, scrollback included, long ones joined, without trailing blanks. */
    async lines() {
        return this.page.evaluate(readLines);
    }

    /**
     * Waits until the text of the whole terminal matches.
     * @param {RegExp} pattern
     */
    async see(pattern) {
        let text = "";
        const seen = async () => {
            text = (await this.lines()).join("\n");
            return pattern.test(text);
        };
        await until(seen, () => `${pattern} did not come:\n${text.slice(-2000)}`);
    }

    /** Waits until the status line matches. @param {RegExp} pattern */
    async status(pattern) {
        await this.page.locator("#status").filter({ hasText: pattern }).waitFor();
    }

    /** Closes the tab; what the browser complained of is a failure. */
    async leave() {
        await this.context.close();
        if (this.complaints.length > 0) throw new Error(`the browser complained:\n${this.complaints.join("\n")}`);
    }
}

/**
 * Asks again and again until the answer is yes.
 * @param {() => Promise<boolean>} condition
 * @param {() => string} complaint what the error says when it does not come
 */
export async function until(condition, complaint) {
    const end = Date.now() + PATIENCE_MS;
    while (!(await condition())) {
        if (Date.now() > end) throw new Error(complaint());
        await new Promise((resolve) => setTimeout(resolve, 30));
    }
}

/** Runs in the page. */
function readLines() {
    /** @type {import("@xterm/xterm").Terminal} */
    const terminal = /** @type {any} */ (globalThis).bivalve.terminal;
    const buffer = terminal.buffer.active;
    /** @type {string[]} */
    const lines = [];
    for (let row = 0; row < buffer.length; row++) {
        const line = buffer.getLine(row);
        const text = line?.translateToString(true) ?? "";
        if (line?.isWrapped) lines[lines.length - 1] += text;
        else lines.push(text);
    }
    while (lines.at(-1) === "") lines.pop();
    return lines;
}
