// The page: a terminal, a machine, and the few words that pass between them.

import type { Terminal } from "@xterm/xterm";
import { connectActions, download, element } from "./actions.js";
import { RemoteMachine } from "./machine.js";
import { openScreen, tell } from "./screen.js";

/** Milliseconds that a notice stays. */
const NOTICE_MS = 6000;

/** Resets the terminal after the output that is still on its way to it. */
const RESET = "\x1bc";

const statusLine = element("status", HTMLElement);
let noticeTimer: ReturnType<typeof setTimeout> | undefined;
/** What the status line says when there is nothing important. */
let quiet = "";
/** The login shell has ended; Enter starts another. */
let loggedOut = false;

function show(text: string, important: boolean): void {
    if (!important) quiet = text;
    if (!important && noticeTimer !== undefined) return;
    clearTimeout(noticeTimer);
    noticeTimer = undefined;
    statusLine.textContent = text;
    statusLine.classList.toggle("important", important);
    if (important) {
        noticeTimer = setTimeout(() => {
            noticeTimer = undefined;
            show(quiet, false);
        }, NOTICE_MS);
    }
}

function clock(time: number): string {
    return new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

const terminal: Terminal = openScreen(element("terminal", HTMLElement), {
    typed(bytes) {
        if (!loggedOut) return machine.write(bytes);
        if (!bytes.includes(13)) return;
        loggedOut = false;
        terminal.write("\r\n");
        machine.login();
    },
    resized: () => machine.resize(),
    downloadAsked: (path) => machine.get(path),
});

const machine = new RemoteMachine(
    {
        ready(origin, restarted) {
            document.documentElement.dataset["machine"] = "ready";
            loggedOut = false;
            if ("unreadable" in origin) {
                tell(terminal, `the saved machine could not be read (${origin.unreadable}); this is a fresh one`);
            } else if (origin.from === "saved") {
                show(`restored, as saved at ${clock(origin.time)}`, true);
                if (restarted) tell(terminal, `restored, as it was at ${clock(origin.time)}`);
            } else if (restarted) {
                tell(terminal, "nothing was saved; this is a fresh one");
            }
        },
        output: (bytes, shown) => terminal.write(bytes, shown),
        ended(status) {
            loggedOut = true;
            tell(terminal, `logged out with status ${status}; Enter logs in again`);
        },
        saved: () => show("saved in this browser", false),
        unsaved: (reason) => show(`not saved: ${reason}`, false),
        wrote: (name) => show(`wrote ~/${name}`, true),
        file(name, bytes) {
            download(name, bytes);
            show(`downloaded ${name}`, true);
        },
        notice: (text) => show(text, true),
        died(message, startsAgain) {
            delete document.documentElement.dataset["machine"];
            tell(terminal, `the machine stopped: ${message}`);
            if (!startsAgain) tell(terminal, "it keeps stopping; reload the page to try again, or reset it");
        },
    },
    () => ({ cols: terminal.cols, rows: terminal.rows }),
);

connectActions({
    put: (name, bytes) => machine.put(name, bytes),
    get: (path) => machine.get(path),
    reset() {
        terminal.write(RESET);
        void machine.reset();
    },
    notice: (text) => show(text, true),
    closed: () => terminal.focus(),
});

document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") machine.save();
});

/** For scripts and tests on the page. */
Object.assign(globalThis, { bivalve: { terminal } });

machine.start();
terminal.focus();
