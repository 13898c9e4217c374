// The terminal on the page: xterm.js, its colours, and its size that follows the window.

import { FitAddon } from "@xterm/addon-fit";
import { Unicode11Addon } from "@xterm/addon-unicode11";
import { Terminal, type ITheme } from "@xterm/xterm";

const THEME: ITheme = {
    background: "#0d1117",
    foreground: "#d7dde4",
    cursor: "#7fd1c7",
    cursorAccent: "#0d1117",
    selectionBackground: "#2f4a52",
    black: "#2b323b",
    red: "#f0887a",
    green: "#8fd18a",
    yellow: "#e8c49a",
    blue: "#86b7f0",
    magenta: "#cda4ea",
    cyan: "#7fd1c7",
    white: "#d7dde4",
    brightBlack: "#7d8895",
    brightRed: "#ffa599",
    brightGreen: "#a9e6a3",
    brightYellow: "#f7dcb8",
    brightBlue: "#a9cffc",
    brightMagenta: "#e0c1f7",
    brightCyan: "#a2e8df",
    brightWhite: "#f4f7fa",
};

/** The number in `OSC 5379 ; download ; PATH BEL`, by which a program in the machine hands out a file. */
const DOWNLOAD_OSC = 5379;

/** What happens on the screen. */
export interface Listener {
    typed(bytes: Uint8Array): void;
    resized(): void;
    downloadAsked(path: string): void;
}

/** Makes a terminal in this element. */
export function openScreen(element: HTMLElement, listener: Listener): Terminal {
    const terminal = new Terminal({
        allowProposedApi: true, // The Unicode version is one.
        cursorBlink: !matchMedia("(prefers-reduced-motion: reduce)").matches,
        fontFamily: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
        fontSize: 14,
        lineHeight: 1.15,
        macOptionIsMeta: true,
        minimumContrastRatio: 4.5,
        scrollback: 5000,
        theme: THEME,
    });
    const fit = new FitAddon();
    terminal.loadAddon(fit);
    terminal.loadAddon(new Unicode11Addon());
    terminal.unicode.activeVersion = "11";
    terminal.open(element);
    fit.fit();
    new ResizeObserver(() => fit.fit()).observe(element);

    const encoder = new TextEncoder();
    terminal.onData((text) => listener.typed(encoder.encode(text)));
    terminal.onBinary((text) => listener.typed(Uint8Array.from(text, (unit) => unit.charCodeAt(0))));
    terminal.onResize(() => listener.resized());
    terminal.parser.registerOscHandler(DOWNLOAD_OSC, (text) => {
        const [, path] = /^download;(.+)$/s.exec(text) ?? [];
        if (path !== undefined) listener.downloadAsked(path);
        return path !== undefined;
    });
    terminal.attachCustomKeyEventHandler((event) => {
        const copies = event.type === "keydown" && event.ctrlKey && event.shiftKey && event.code === "KeyC";
        if (copies && terminal.hasSelection()) {
            event.preventDefault();
            void navigator.clipboard?.writeText(terminal.getSelection());
        }
        return !copies;
    });
    return terminal;
}

/** Brings the terminal back from whatever modes a dead program has left, and tells something in it. */
export function tell(terminal: Terminal, text: string): void {
    // Leaving the alternate screen restores the saved cursor; on the normal one let that be the present one.
    const left = "\x1b7\x1b[?1049l\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[!p\x1b[0m";
    // Control characters in a message must not act on the terminal.
    const plain = text.replace(/[\x00-\x1f\x7f-\x9f]+/g, " ");
    terminal.write(`${left}\r\n\x1b[33m[${plain}]\x1b[0m\r\n`);
}
