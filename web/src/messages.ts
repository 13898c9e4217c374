// What the page and the machine's worker say to each other.

/** From the page to the worker. */
export type ToWorker =
    /** Boot, and log in on a terminal of this size. Comes first, once. */
    | { type: "start"; wasm: string; cols: number; rows: number }
    /** A new login after one has ended. */
    | { type: "login"; cols: number; rows: number }
    /** What was typed or pasted. */
    | { type: "input"; bytes: Uint8Array }
    /** The terminal has this size now. */
    | { type: "resize"; cols: number; rows: number }
    /** So many bytes of output are on the screen. */
    | { type: "shown"; bytes: number }
    /** Write a file into the home directory. */
    | { type: "put"; name: string; bytes: Uint8Array }
    /** Read a file; a relative path begins at the home directory. */
    | { type: "get"; path: string }
    /** Save now: the page may go away. */
    | { type: "save" };

/** From the worker to the page. */
export type FromWorker =
    /** Someone is logged in. */
    | { type: "ready"; origin: Origin }
    | { type: "output"; bytes: Uint8Array<ArrayBuffer> }
    /** The login shell has ended. */
    | { type: "ended"; status: number }
    /** The state is in the browser's storage. */
    | { type: "saved" }
    /** Nothing is saved, or no more, for this reason. */
    | { type: "unsaved"; reason: string }
    /** A file is written into the home directory. */
    | { type: "wrote"; name: string }
    /** A file that was asked for. */
    | { type: "file"; name: string; bytes: Uint8Array<ArrayBuffer> }
    /** Something that was asked for did not work, or should be known. */
    | { type: "notice"; text: string }
    /** The instance is dead and answers no more. */
    | { type: "died"; message: string };

/** What the machine was booted from. */
export type Origin =
    | { from: "image" }
    | { from: "saved"; time: number }
    /** There was a saved state that could not be read; it is kept aside. */
    | { from: "image"; unreadable: string };
