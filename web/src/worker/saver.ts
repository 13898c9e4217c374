// Saves the machine's files some time after programs have run, if they have changed.

import type { Machine } from "bivalve";
import type { Store } from "../store.js";

/** Milliseconds from the first change to its saving. */
const DELAY_MS = 500;
/** Saving may take one part in so many of the worker's time: a machine with large files saves less often. */
const SHARE = 20;

export class Saver {
    private last: Uint8Array | undefined;
    private timer: ReturnType<typeof setTimeout> | undefined;
    private delay = DELAY_MS;
    private busy = false;
    private again = false;

    constructor(
        private readonly machine: Machine,
        private readonly store: Store,
        private readonly saved: () => void,
        private readonly failed: (error: unknown) => void,
    ) {}

    /** Programs have run: look soon whether files have changed. */
    changed(): void {
        this.timer ??= setTimeout(() => void this.save(), this.delay);
    }

    /** Saves now. */
    async save(): Promise<void> {
        clearTimeout(this.timer);
        this.timer = undefined;
        if (this.busy) {
            this.again = true;
            return;
        }
        this.busy = true;
        try {
            const started = performance.now();
            const image = this.machine.snapshot() as Uint8Array<ArrayBuffer>;
            if (this.last === undefined || !same(image, this.last)) {
                await this.store.save({ time: Date.now(), image });
                this.last = image;
                this.saved();
            }
            this.delay = Math.max(DELAY_MS, (performance.now() - started) * SHARE);
        } catch (error) {
            this.failed(error);
        } finally {
            this.busy = false;
        }
        if (this.again) {
            this.again = false;
            this.changed();
        }
    }

    /** Saves no more. */
    stop(): void {
        clearTimeout(this.timer);
        this.busy = true;
    }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
    if (a.length !== b.length) return false;
    for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
    return true;
}
