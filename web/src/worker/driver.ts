// Drives a machine: gives it a few milliseconds at a time, so that messages from the page are heard between
// them, passes input in and output out, and holds output back while the screen is behind.

import type { Machine, Session } from "bivalve";

/** Milliseconds of work before the worker listens to the page again. */
const TURN_MS = 8;
/** Milliseconds that one call of `run` should take; the number of steps follows from it. */
const RUN_MS = 2;
const STEPS_MIN = 1_000;
const STEPS_MAX = 1_000_000;
/** Bytes of output on the way to the screen; with more, the programs that write have to wait. */
const UNSHOWN_BYTES_MAX = 128 * 1024;
const READ_BYTES = 16 * 1024;
/** The longest wait that `setTimeout` can do. */
const TIMEOUT_MS_MAX = 2 ** 31 - 1;

/** What the driver tells of. */
export interface Listener {
    output(bytes: Uint8Array<ArrayBuffer>): void;
    ended(status: number): void;
    /** Programs have run: files may have changed. */
    ran(): void;
    /** The machine threw; it must not be called again. */
    died(error: unknown): void;
}

export class Driver {
    private session: Session | undefined;
    private input: Uint8Array[] = [];
    private unshownBytes = 0;
    private steps = 20_000;
    private soonAsked = false;
    private timer: ReturnType<typeof setTimeout> | undefined;
    private dead = false;
    /** A message to ourselves comes after those that the page has sent, and without the delay of a timer. */
    private readonly soonChannel = new MessageChannel();

    constructor(
        private readonly machine: Machine,
        private readonly listener: Listener,
    ) {
        this.soonChannel.port1.onmessage = () => {
            this.soonAsked = false;
            this.turn();
        };
    }

    login(cols: number, rows: number): void {
        this.input = [];
        this.session = this.machine.login({ cols, rows });
        this.soon();
    }

    write(bytes: Uint8Array): void {
        if (this.session === undefined) return;
        this.input.push(bytes);
        this.soon();
    }

    resize(cols: number, rows: number): void {
        this.session?.resize(cols, rows);
        this.soon();
    }

    /** So many bytes have come to the screen. */
    shown(bytes: number): void {
        this.unshownBytes -= bytes;
        this.soon();
    }

    /** Asks for a turn as soon as the waiting messages are heard. */
    soon(): void {
        if (this.soonAsked || this.dead) return;
        this.soonAsked = true;
        this.soonChannel.port2.postMessage(null);
    }

    private turn(): void {
        clearTimeout(this.timer);
        if (this.dead) return;
        try {
            const wait = this.work(performance.now() + TURN_MS);
            this.listener.ran();
            if (wait === 0) this.soon();
            else if (wait !== undefined) this.timer = setTimeout(() => this.turn(), Math.min(wait, TIMEOUT_MS_MAX));
        } catch (error) {
            this.dead = true;
            this.listener.died(error);
        }
    }

    /** Works until there is nothing to do or the time is over; gives `Machine.run`'s last wish. */
    private work(deadline: number): number | undefined {
        for (;;) {
            this.feed();
            const before = performance.now();
            const wait = this.machine.run(this.steps);
            const after = performance.now();
            if (wait === 0 && after - before < RUN_MS / 2) this.steps = Math.min(this.steps * 2, STEPS_MAX);
            if (after - before > RUN_MS * 2) this.steps = Math.max(this.steps / 2, STEPS_MIN);
            // What was read made room: the programs that wait for it can go on.
            const more = this.drain() || wait === 0;
            if (!more) return wait;
            if (after >= deadline) return 0;
        }
    }

    /** Offers input until the terminal takes no more of it now. */
    private feed(): void {
        if (this.session === undefined) return;
        for (let bytes = this.input.shift(); bytes !== undefined; bytes = this.input.shift()) {
            const taken = this.session.write(bytes);
            if (taken < bytes.length) {
                this.input.unshift(bytes.subarray(taken));
                return;
            }
        }
    }

    /** Passes output on, as far as the screen may be behind; whether there was any. */
    private drain(): boolean {
        const session = this.session;
        if (session === undefined) return false;
        let any = false;
        while (this.unshownBytes < UNSHOWN_BYTES_MAX) {
            const bytes = session.read(READ_BYTES) as Uint8Array<ArrayBuffer>;
            if (bytes.length === 0) break;
            any = true;
            this.unshownBytes += bytes.length;
            this.listener.output(bytes);
        }
        if (session.finished) {
            this.session = undefined;
            const status = session.status ?? 0;
            session.free();
            this.listener.ended(status);
        }
        return any;
    }
}
