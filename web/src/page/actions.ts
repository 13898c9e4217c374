// The header's actions and what is dropped onto the page.

/** What a user asks for. */
export interface Listener {
    put(name: string, bytes: Uint8Array): void;
    get(path: string): void;
    reset(): void;
    notice(text: string): void;
    /** A dialog is closed: typing belongs to the terminal again. */
    closed(): void;
}

/** Bytes of a file that is written into the machine at once. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;

/** The element of `index.html` with this id. */
export function element<T extends HTMLElement>(id: string, type: new () => T): T {
    const found = document.getElementById(id);
    if (!(found instanceof type)) throw new Error(`the page lacks #${id}`);
    return found;
}

/** Connects the page's buttons, dialogs and its drop area. */
export function connectActions(listener: Listener): void {
    const input = element("files", HTMLInputElement);
    element("add", HTMLButtonElement).onclick = () => input.click();
    input.onchange = async () => {
        await putAll(input.files ?? [], listener);
        input.value = "";
        listener.closed();
    };

    const path = element("fetch-path", HTMLInputElement);
    const fetchDialog = connectDialog("fetch-dialog", listener, () => {
        if (path.value !== "") listener.get(path.value);
    });
    element("fetch", HTMLButtonElement).onclick = () => fetchDialog.showModal();

    const resetDialog = connectDialog("reset-dialog", listener, () => listener.reset());
    element("reset", HTMLButtonElement).onclick = () => resetDialog.showModal();

    connectDrop(listener);
}

function connectDialog(id: string, listener: Listener, agreed: () => void): HTMLDialogElement {
    const dialog = element(id, HTMLDialogElement);
    const cancel = dialog.querySelector<HTMLButtonElement>('button[value="cancel"]');
    if (cancel !== null) cancel.onclick = () => dialog.close("cancel");
    dialog.onclose = () => {
        if (dialog.returnValue === "ok") agreed();
        dialog.returnValue = "";
        listener.closed();
    };
    return dialog;
}

function connectDrop(listener: Listener): void {
    const overlay = element("drop", HTMLDivElement);
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    addEventListener("dragover", (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        overlay.hidden = false;
    });
    addEventListener("dragleave", (event) => {
        if (event.relatedTarget === null) overlay.hidden = true;
    });
    addEventListener("drop", (event) => {
        overlay.hidden = true;
        if (!hasFiles(event)) return;
        event.preventDefault();
        void putAll(event.dataTransfer?.files ?? [], listener);
    });
}

async function putAll(files: Iterable<File>, listener: Listener): Promise<void> {
    for (const file of files) {
        if (file.size > FILE_BYTES_MAX) {
            listener.notice(`${file.name}: too large, at most ${FILE_BYTES_MAX / 1024 / 1024} MiB`);
            continue;
        }
        try {
            listener.put(file.name, new Uint8Array(await file.arrayBuffer()));
        } catch {
            listener.notice(`${file.name}: cannot be read; folders cannot be added`);
        }
    }
}

/** Hands bytes to the user as a file. */
export function download(name: string, bytes: Uint8Array<ArrayBuffer>): void {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
    link.download = name;
    link.click();
    // The browser needs the address until it has begun to read.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
