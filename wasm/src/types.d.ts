
/** What a machine may be made with. */
export interface MachineOptions {
    /** What `hostname` says; `bivalve` by default. */
    hostname?: string;
    /** The files to boot from: what `Machine.snapshot` gave. By default the base image. */
    image?: Uint8Array;
}

/** Who logs in, on what terminal. */
export interface LoginOptions {
    /** The user's name; `root` by default. */
    user?: string;
    /** The value of `TERM`; `xterm-256color` by default. */
    term?: string;
    /** Width in character cells; 80 by default. */
    cols?: number;
    /** Height in character cells; 24 by default. */
    rows?: number;
}

/** Which output of a command is meant. */
export type Stream = "stdout" | "stderr";
