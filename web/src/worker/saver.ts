// Saves the machine's files some time after they have changed.

import type { Machine } from "bivalve";
import type { Store } from "../store.js";

/** Milliseconds from the first change to its saving. */
const DELAY_MS = 500;
/** Saving may take one part in so many of the worker's time: a machine with large files saves less often. */
const SHARE = 20;

/** What the saver tells of. */
export interface Listener {
    saved(): void;
    /** The browser does not take it. */
    unsaved(error: unknown): void;
    /** The machine threw; it must not be called again. */
    died(error: unknown): void;
}

export class Saver {
    /** The machine's generation that is saved; what it was booted from needs no saving. */
    private generation: number;
    private timer: ReturnType<typeof setTimeout> | undefined;
    private delay = DELAY_MS;
    private busy = false;
    private stopped = false;

    constructor(
        private readonly machine: Machine,
        private readonly store: Store,
        private readonly listener: Listener,
    ) {
        this.generation = machine.generation;
    }

    /** Programs have run: if files have changed, save them soon. */
    ran(): void {
        if (this.stopped || this.machine.generation === this.generation) return;
        this.timer ??= setTimeout(() => this.save(), this.delay);
    }

    /** Saves now. */
    save(): void {
        clearTimeout(this.timer);
        this.timer = undefined;
        if (this.stopped || this.busy || this.machine.generation === this.generation) return;
        const started = performance.now();
        const generation = this.machine.generation;
        try {
            void this.put(generation, this.machine.snapshot() as Uint8Array<ArrayBuffer>, started);
        } catch (error) {
            this.stop();
            this.listener.died(error);
        }
    }

    /** Saves no more. */
    stop(): void {
        clearTimeout(this.timer);
        this.stopped = true;
    }

    private async put(generation: number, image: Uint8Array<ArrayBuffer>, started: number): Promise<void> {
        this.busy = true;
        try {
            await this.store.save({ time: Date.now(), image });
            this.generation = generation;
            this.listener.saved();
        } catch (error) {
            this.listener.unsaved(error);
        }
        this.busy = false;
        this.delay = Math.max(DELAY_MS, (performance.now() - started) * SHARE);
        this.ran();
    }
}
