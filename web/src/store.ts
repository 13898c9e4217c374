// The machine's state in the browser's storage (IndexedDB). One machine per origin and path.

/** A saved state. */
export interface Saved {
    /** When, in milliseconds since 1970. */
    time: number;
    /** What `Machine.snapshot` gave. */
    image: Uint8Array<ArrayBuffer>;
}

const STATES = "states";
/** The page's folder: two pages of one origin, as on many static hosts, have a machine each. */
const PLACE = new URL(".", self.location.href).pathname;
const CURRENT = "current";
const UNREADABLE = "unreadable";

/** How long to wait for another tab that shows the same machine, as this tab before its reload. */
const OWNER_WAIT_MS = 2000;

/** The storage of this page's machine. */
export class Store {
    private constructor(private readonly database: IDBDatabase) {}

    /** Opens the storage; throws where the browser has none (as in some private windows). */
    static async open(): Promise<Store> {
        const request = indexedDB.open(`bivalve ${PLACE}`, 1);
        request.onupgradeneeded = () => request.result.createObjectStore(STATES);
        return new Store(await done(request));
    }

    load(): Promise<Saved | undefined> {
        return done(this.states("readonly").get(CURRENT));
    }

    async save(saved: Saved): Promise<void> {
        await done(this.states("readwrite").put(saved, CURRENT));
    }

    async erase(): Promise<void> {
        await done(this.states("readwrite").delete(CURRENT));
    }

    /** Keeps a state that could not be read, so that saving the next one does not destroy it. */
    async setAside(saved: Saved): Promise<void> {
        await done(this.states("readwrite").put(saved, UNREADABLE));
    }

    private states(mode: IDBTransactionMode): IDBObjectStore {
        return this.database.transaction(STATES, mode, { durability: "strict" }).objectStore(STATES);
    }
}

/**
 * Makes this tab the one that saves. False when another tab shows the same machine: two that save would
 * overwrite each other's files. The browser frees the ownership when the tab goes away.
 */
export async function becomeOwner(): Promise<boolean> {
    if (!("locks" in navigator)) return true; // Not a secure context: there is no telling.
    return new Promise((resolve) => {
        const signal = AbortSignal.timeout(OWNER_WAIT_MS);
        const forever = () => {
            resolve(true);
            return new Promise<never>(() => {});
        };
        navigator.locks.request(`bivalve ${PLACE}`, { signal }, forever).catch(() => resolve(false));
    });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error("the browser's storage failed"));
    });
}
