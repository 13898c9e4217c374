// A person at the page: types, waits, resizes, drops files, reloads.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { Browser, until, Visit } from "./browser.mjs";

/** @type {Browser} */
let browser;
before(async () => {
    browser = await Browser.start();
});
after(() => browser.stop());

/**
 * A test with a tab of its own.
 * @param {string} title
 * @param {(visit: Visit) => Promise<void>} deed
 */
function visit(title, deed) {
    test(title, async () => {
        const visit = await browser.visit();
        await deed(visit);
        await visit.leave();
    });
}

visit("commands, pipes and substitutions give their results", async (tab) => {
    await tab.enter("printf '%s\\n' apple fig fig pear | uniq | head -n 2 | tr a-z A-Z");
    await tab.see(/\nAPPLE\nFIG\n.*[#$] ?$/);
    await tab.enter('echo "$((6 * 7)) and $(echo inner)"; false; echo status $?');
    await tab.see(/\n42 and inner\nstatus 1\n/);
    await tab.enter("nosuchcommand");
    await tab.see(/nosuchcommand: command not found/);
});

visit("letters outside ASCII arrive and are as wide as they look", async (tab) => {
    await tab.enter("echo 'é ß 日本 ok' | wc -m");
    await tab.see(/\n10\n/);
    await tab.type("echo 日本x");
    await tab.press("ArrowLeft");
    await tab.press("Backspace");
    await tab.press("Enter");
    await tab.see(/\n日x\n/);
});

visit("Tab completes paths and commands", async (tab) => {
    await tab.type("echo /etc/pass");
    await tab.press("Tab");
    await tab.press("Enter");
    await tab.see(/\n\/etc\/passwd\n/);
    await tab.type("whoa");
    await tab.press("Tab");
    await tab.press("Enter");
    await tab.see(/whoami\s*\nroot\n/);
});

visit("the arrow keys bring back and edit earlier lines", async (tab) => {
    await tab.enter("echo first");
    await tab.see(/\nfirst\n/);
    await tab.press("ArrowUp");
    await tab.press("Control+w");
    await tab.enter("second");
    await tab.see(/\nsecond\n/);
});

visit("Ctrl-C ends a runaway loop, and the page stays smooth meanwhile", async (tab) => {
    await tab.enter("while :; do :; done");
    const gaps = await tab.page.evaluate(frameGaps, 60);
    gaps.sort((a, b) => a - b);
    const median = gaps[gaps.length >> 1] ?? Infinity;
    assert.ok(median < 50, `half of all frames took more than ${median} ms`);
    await tab.press("Control+c");
    await tab.see(/\^C\n.*[#$] ?$/);
    await tab.enter("echo status $?");
    await tab.see(/\nstatus 130\n/);
});

visit("Ctrl-C ends a flood of output, and the page stays alive meanwhile", async (tab) => {
    await tab.enter("yes");
    await tab.see(/\ny\ny\ny\n/);
    await tab.page.evaluate(frameGaps, 20);
    await tab.press("Control+c");
    await tab.see(/y?\^C\n.*[#$] ?$/);
});

visit("programs sleep and wake", async (tab) => {
    await tab.enter("(sleep 1; echo late) & echo early; wait");
    await tab.see(/\nearly\n(.*\n)*late\n/);
    await tab.enter("sleep 100");
    await tab.press("Control+c");
    await tab.enter("echo status $?");
    await tab.see(/\nstatus 130\n/);
});

visit("the shell learns the size of the window when it changes", async (tab) => {
    const size = () => tab.page.evaluate(() => {
        const { rows, cols } = /** @type {any} */ (globalThis).bivalve.terminal;
        return `${rows} ${cols}`;
    });
    const first = await size();
    await tab.enter("echo $LINES $COLUMNS");
    await tab.see(new RegExp(`\n${first}\n`));
    await tab.page.setViewportSize({ width: 600, height: 400 });
    await tab.page.waitForFunction((before) => {
        const { rows, cols } = /** @type {any} */ (globalThis).bivalve.terminal;
        return `${rows} ${cols}` !== before;
    }, first);
    await tab.enter("echo $LINES $COLUMNS");
    await tab.see(new RegExp(`\n${await size()}\n`));
});

visit("pasted text is not run before Enter", async (tab) => {
    await tab.page.evaluate(() => {
        const data = new DataTransfer();
        data.setData("text/plain", "echo one\necho two");
        const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true });
        document.querySelector(".xterm-helper-textarea")?.dispatchEvent(paste);
    });
    await tab.see(/echo two$/);
    assert.ok(!(await tab.lines()).includes("one"));
    await tab.press("Enter");
    await tab.see(/\none\ntwo\n/);
});

visit("a reload brings the files back", async (tab) => {
    await tab.enter("echo kept > kept.txt; mkdir -p a/b; chmod 700 a");
    await tab.enter("echo written");
    await tab.see(/\nwritten\n/);
    await tab.status(/saved in this browser/);
    await saved(tab, "kept.txt");
    await tab.page.reload();
    await tab.ready();
    await tab.enter("cat kept.txt; ls -ld a | cut -c 1-10; ls a");
    await tab.see(/\nkept\ndrwx------\nb\n/);
});

visit("a file that is dropped onto the page is in the home directory", async (tab) => {
    await tab.page.evaluate(() => {
        const data = new DataTransfer();
        data.items.add(new File(["dropped\n"], "my notes.txt"));
        window.dispatchEvent(new DragEvent("dragover", { dataTransfer: data, cancelable: true }));
        window.dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true }));
    });
    await tab.status(/wrote ~\/my notes\.txt/);
    await tab.enter("cat ~/'my notes.txt'");
    await tab.see(/\ndropped\n/);
});

visit("a file of the machine can be downloaded, by the button and by a program", async (tab) => {
    await tab.enter("printf 'a\\0b\\377' > bytes.bin; echo made");
    await tab.see(/\nmade\n/);
    const byButton = tab.page.waitForEvent("download");
    await tab.page.click("#fetch");
    await tab.page.fill("#fetch-path", "bytes.bin");
    await tab.press("Enter");
    assert.deepEqual(await content(await byButton), [97, 0, 98, 255]);
    const byProgram = tab.page.waitForEvent("download");
    await tab.enter("printf '\\033]5379;download;%s\\a' ~/bytes.bin");
    assert.deepEqual(await content(await byProgram), [97, 0, 98, 255]);
    await tab.page.click("#fetch");
    await tab.page.fill("#fetch-path", "no/such");
    await tab.press("Enter");
    await tab.status(/no\/such: cannot read: No such file or directory/);
});

visit("a machine that dies is started again from what was saved, and says so", async (tab) => {
    await tab.enter("echo kept > kept.txt");
    await saved(tab, "kept.txt");
    const [worker] = tab.page.workers();
    // The randomness that the browser gives fails: this throws right through the machine.
    await worker?.evaluate(() => {
        crypto.getRandomValues = () => {
            throw new Error("no randomness left");
        };
    });
    await tab.enter("head -c 8 /dev/urandom | wc -c");
    await tab.see(/\[the machine stopped: no randomness left\]/);
    await tab.see(/\[restored, as it was at .*\]\n(.*\n)*.*[#$] ?$/);
    await tab.enter("cat kept.txt");
    await tab.see(/\nkept\n/);
});

visit("a second tab is told that it does not save", async (tab) => {
    const second = await browser.open(tab.context);
    await second.status(/not saved: another tab shows this machine/);
    await second.enter("echo works all the same");
    await second.see(/\nworks all the same\n/);
});

visit("a reset gives a fresh machine", async (tab) => {
    await tab.enter("echo gone > gone.txt");
    await saved(tab, "gone.txt");
    await tab.page.click("#reset");
    await tab.page.click("#reset-dialog button[value=ok]");
    await tab.see(/^(?:(?!gone)[^])*[#$] ?$/);
    await tab.enter("cat gone.txt");
    await tab.see(/cat: gone\.txt: No such file or directory/);
});

visit("a saved state that cannot be read is told of and kept aside", async (tab) => {
    await tab.enter("echo x > x");
    await saved(tab, "x");
    await tab.page.goto(`${browser.url}style.css`); // Away from the page, on the same origin.
    await tab.page.evaluate(overwriteSaved);
    await tab.page.goto(browser.url);
    await tab.ready();
    await tab.see(/\[the saved machine could not be read \(.+\); this is a fresh one\]/);
    tab.complaints = []; // The page between is a 404 on purpose.
});

visit("after a logout Enter logs in again", async (tab) => {
    await tab.enter("exit 3");
    await tab.see(/\[logged out with status 3; Enter logs in again\]/);
    await tab.press("Enter");
    await tab.see(/again\]\n(.*\n)*.*[#$] ?$/);
    await tab.enter("echo back");
    await tab.see(/\nback\n/);
});

/**
 * Waits until the saved state in the browser's storage contains a name.
 * @param {Visit} tab
 * @param {string} name
 */
async function saved(tab, name) {
    // `waitForFunction` would take the promise of an asynchronous predicate for its truth.
    await until(() => tab.page.evaluate(savedStateHas, name), () => `${name} was not saved`);
}

/**
 * Runs in the page: whether the saved state contains a name.
 * @param {string} name
 * @returns {Promise<boolean>}
 */
function savedStateHas(name) {
    return new Promise((resolve, reject) => {
        const request = indexedDB.open(`bivalve ${location.pathname}`);
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
            const database = request.result;
            const load = database.transaction("states").objectStore("states").get("current");
            load.onerror = () => reject(load.error);
            load.onsuccess = () => {
                database.close();
                const state = load.result;
                resolve(state !== undefined && new TextDecoder("latin1").decode(state.image).includes(name));
            };
        };
    });
}

/** Runs in the page: ruins the saved state. */
function overwriteSaved() {
    return new Promise((resolve, reject) => {
        const request = indexedDB.open(`bivalve ${location.pathname.replace(/[^/]*$/, "")}`);
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
            const states = request.result.transaction("states", "readwrite").objectStore("states");
            states.put({ time: 0, image: new Uint8Array([1, 2, 3]) }, "current").onsuccess = () => {
                request.result.close();
                resolve(undefined);
            };
        };
    });
}

/**
 * Runs in the page: milliseconds between so many frames, one after another.
 * @param {number} count
 * @returns {Promise<number[]>}
 */
function frameGaps(count) {
    return new Promise((resolve) => {
        /** @type {number[]} */
        const gaps = [];
        let before = performance.now();
        const frame = () => {
            const now = performance.now();
            gaps.push(now - before);
            before = now;
            if (gaps.length < count) requestAnimationFrame(frame);
            else resolve(gaps);
        };
        requestAnimationFrame(frame);
    });
}

/** @param {import("playwright-core").Download} download */
async function content(download) {
    return [...(await readFile(await download.path()))];
}
