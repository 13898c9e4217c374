// The machine's thread: listens to the page, boots a machine from what was saved, and has it driven and saved.

import init, { Machine } from "bivalve";
import type { FromWorker, Origin, ToWorker } from "../messages.js";
import { Driver } from "./driver.js";
import { Saver } from "./saver.js";
import { becomeOwner, Store } from "../store.js";

const USER = "root";

function say(message: FromWorker, transfer: Transferable[] = []): void {
    self.postMessage(message, transfer);
}

function died(error: unknown): void {
    say({ type: "died", message: words(error) });
}

function unsaved(reason: unknown): void {
    say({ type: "unsaved", reason: words(reason) });
}

function words(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}

/** The storage, or undefined, told to the user, when this tab cannot have it. */
async function openStore(): Promise<Store | undefined> {
    try {
        return await Store.open();
    } catch (error) {
        unsaved(error);
        return undefined;
    }
}

/** Boots from the saved state; from the base image when there is none or when it cannot be read. */
async function boot(store: Store | undefined): Promise<[Machine, Origin]> {
    const saved = await store?.load();
    if (saved === undefined) return [new Machine(), { from: "image" }];
    try {
        return [new Machine({ image: saved.image }), { from: "saved", time: saved.time }];
    } catch (error) {
        await store?.setAside(saved);
        return [new Machine(), { from: "image", unreadable: words(error) }];
    }
}

/** A machine that runs, and what is done with it on the page's behalf. */
class Running {
    private constructor(
        private readonly machine: Machine,
        private readonly driver: Driver,
        private readonly saver: Saver | undefined,
    ) {}

    static async start(wasm: string, cols: number, rows: number): Promise<Running> {
        const [store, owner] = await Promise.all([openStore(), becomeOwner(), init({ module_or_path: wasm })]);
        const [machine, origin] = await boot(store);
        if (!owner) unsaved("another tab shows this machine");
        const saves = { saved: () => say({ type: "saved" }), unsaved, died };
        const saver = store !== undefined && owner ? new Saver(machine, store, saves) : undefined;
        const driver = new Driver(machine, {
            output: (bytes) => say({ type: "output", bytes }, [bytes.buffer]),
            ended: (status) => say({ type: "ended", status }),
            ran: () => saver?.ran(),
            died: (error) => {
                saver?.stop();
                died(error);
            },
        });
        driver.login(cols, rows);
        say({ type: "ready", origin });
        return new Running(machine, driver, saver);
    }

    async hear(message: ToWorker): Promise<void> {
        switch (message.type) {
            case "start":
                break;
            case "login":
                return this.driver.login(message.cols, message.rows);
            case "input":
                return this.driver.write(message.bytes);
            case "resize":
                return this.driver.resize(message.cols, message.rows);
            case "shown":
                return this.driver.shown(message.bytes);
            case "put":
                return this.put(message.name, message.bytes);
            case "get":
                return this.get(message.path);
            case "save":
                return this.saver?.save();
        }
    }

    private put(name: string, bytes: Uint8Array): void {
        this.attempt(`${name}: cannot write`, () => {
            this.machine.writeFile(USER, name, bytes);
            this.driver.soon();
            say({ type: "wrote", name });
        });
    }

    private get(path: string): void {
        this.attempt(`${path}: cannot read`, () => {
            const bytes = this.machine.readFile(USER, path.replace(/^~\//, "")) as Uint8Array<ArrayBuffer>;
            say({ type: "file", name: path.slice(path.lastIndexOf("/") + 1), bytes }, [bytes.buffer]);
        });
    }

    /** An errno's error is told; any other one means that the instance is dead. */
    private attempt(what: string, deed: () => void): void {
        try {
            deed();
        } catch (error) {
            const [, text] = /^E[0-9A-Z]+: (.*)/.exec(words(error)) ?? [];
            if (text === undefined) died(error);
            else say({ type: "notice", text: `${what}: ${text}` });
        }
    }
}

let running: Promise<Running> | undefined;

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.type === "start") running = Running.start(data.wasm, data.cols, data.rows);
    running?.then((machine) => machine.hear(data)).catch(died);
};
