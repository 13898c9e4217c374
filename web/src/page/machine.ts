// The machine as the page sees it: a worker that may die and is started again from what was saved.

import type { FromWorker, Origin, ToWorker } from "../messages.js";
import { Store } from "../store.js";

/** A machine that dies so often within so many milliseconds is not started again by itself. */
const DEATHS_MAX = 3;
const DEATHS_WITHIN_MS = 30_000;

/** What a machine tells the page; a subset of the worker's messages, and how its life goes. */
export interface Listener {
    ready(origin: Origin, restarted: boolean): void;
    /** Output for the screen; `shown` is to be called once it is there. */
    output(bytes: Uint8Array<ArrayBuffer>, shown: () => void): void;
    ended(status: number): void;
    saved(): void;
    unsaved(reason: string): void;
    wrote(name: string): void;
    file(name: string, bytes: Uint8Array<ArrayBuffer>): void;
    notice(text: string): void;
    died(message: string, startsAgain: boolean): void;
}

export class RemoteMachine {
    private worker: Worker | undefined;
    private deaths: number[] = [];
    private restarted = false;

    constructor(
        private readonly listener: Listener,
        private readonly size: () => { cols: number; rows: number },
    ) {}

    start(): void {
        this.worker?.terminate();
        const worker = new Worker(new URL(WORKER_FILE, import.meta.url), { type: "module" });
        worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
            if (this.worker === worker) this.hear(data);
        };
        worker.onerror = (event) => {
            if (this.worker === worker) this.died(event.message || "the worker could not be started");
        };
        this.worker = worker;
        this.send({ type: "start", wasm: new URL(WASM_FILE, import.meta.url).href, ...this.size() });
    }

    login(): void {
        this.send({ type: "login", ...this.size() });
    }

    write(bytes: Uint8Array): void {
        this.send({ type: "input", bytes });
    }

    resize(): void {
        this.send({ type: "resize", ...this.size() });
    }

    put(name: string, bytes: Uint8Array): void {
        this.send({ type: "put", name, bytes });
    }

    get(path: string): void {
        this.send({ type: "get", path });
    }

    save(): void {
        this.send({ type: "save" });
    }

    /** Forgets all files and boots afresh. */
    async reset(): Promise<void> {
        this.worker?.terminate();
        this.worker = undefined;
        this.deaths = [];
        this.restarted = false;
        // A browser without storage has nothing to forget.
        await Store.open().then((store) => store.erase(), () => {});
        this.start();
    }

    private send(message: ToWorker): void {
        this.worker?.postMessage(message);
    }

    private hear(message: FromWorker): void {
        switch (message.type) {
            case "ready":
                return this.listener.ready(message.origin, this.restarted);
            case "output":
                return this.output(message.bytes);
            case "ended":
                return this.listener.ended(message.status);
            case "saved":
                return this.listener.saved();
            case "unsaved":
                return this.listener.unsaved(message.reason);
            case "wrote":
                return this.listener.wrote(message.name);
            case "file":
                return this.listener.file(message.name, message.bytes);
            case "notice":
                return this.listener.notice(message.text);
            case "died":
                return this.died(message.message);
        }
    }

    private output(bytes: Uint8Array<ArrayBuffer>): void {
        const worker = this.worker;
        const length = bytes.length;
        this.listener.output(bytes, () => {
            if (this.worker === worker) this.send({ type: "shown", bytes: length });
        });
    }

    private died(message: string): void {
        this.worker?.terminate();
        this.worker = undefined;
        const now = Date.now();
        this.deaths = this.deaths.filter((time) => now - time < DEATHS_WITHIN_MS);
        this.deaths.push(now);
        const startsAgain = this.deaths.length < DEATHS_MAX;
        this.listener.died(message, startsAgain);
        if (!startsAgain) return;
        this.restarted = true;
        this.start();
    }
}
