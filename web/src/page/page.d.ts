// Names that `build.mjs` puts in place: the hashed files beside the page's script.

declare const WORKER_FILE: string;
declare const WASM_FILE: string;
