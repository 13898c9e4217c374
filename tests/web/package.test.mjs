// The JavaScript package without a page: what a program that embeds the machine does with it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { initSync, Machine } from "../../target/web/pkg/bivalve.js";

const STEPS = 1_000_000;

before(() => {
    const wasm = new URL("../../target/web/pkg/bivalve_bg.wasm", import.meta.url);
    initSync({ module: new Uint8Array(readFileSync(wasm)) });
});

/**
 * Runs a command to its end.
 * @param {Machine} machine
 * @param {string} command
 * @param {string} [input]
 */
function run(machine, command, input = "") {
    const session = machine.exec("root", command);
    let bytes = new TextEncoder().encode(input);
    let stdout = "";
    let stderr = "";
    for (let round = 0; !session.finished; round++) {
        assert.ok(round < 10_000, `${command} does not end`);
        bytes = bytes.subarray(session.write(bytes));
        if (bytes.length === 0) session.closeStdin();
        machine.run(STEPS);
        stdout += Buffer.from(session.read(65_536)).toString();
        stderr += Buffer.from(session.read(65_536, "stderr")).toString();
    }
    const { status } = session;
    session.free();
    return { stdout, stderr, status };
}

test("a command has its input, its output, its errors and its status", () => {
    const machine = new Machine();
    const script = "tr a-z A-Z; echo trouble >&2; exit 3";
    assert.deepEqual(run(machine, script, "hello\n"), { stdout: "HELLO\n", stderr: "trouble\n", status: 3 });
    const long = "x".repeat(1_000_000);
    assert.equal(run(machine, "wc -c", long).stdout, "1000000\n");
});

test("a machine that only waits says when to call again, or that nothing is to be done", () => {
    const machine = new Machine();
    assert.equal(machine.run(STEPS), undefined);
    const sleeper = machine.exec("root", "sleep 10");
    const wait = machine.run(STEPS) ?? NaN;
    assert.ok(wait > 9000 && wait <= 10_001, `${wait} ms`);
    sleeper.free();
    const runaway = machine.exec("root", "while :; do :; done");
    assert.equal(machine.run(1000), 0);
    runaway.signal("TERM");
    machine.run(STEPS);
    assert.equal(runaway.status, 128 + 15);
});

test("files are written and read as a user, with errors that name the errno", () => {
    const machine = new Machine();
    machine.writeFile("root", "a file", new Uint8Array([0, 255, 10]));
    assert.deepEqual([...machine.readFile("root", "/root/a file")], [0, 255, 10]);
    assert.throws(() => machine.readFile("root", "/nowhere"), /^Error: ENOENT: No such file or directory$/);
    assert.throws(() => machine.readFile("root", "/etc"), /^Error: EISDIR: Is a directory$/);
    assert.throws(() => machine.readFile("nobody", "/etc/shadow"), /^Error: EACCES: Permission denied$/);
    assert.throws(() => machine.login({ user: "stranger" }), /^Error: ENOENT: /);
});

test("a machine boots from the snapshot of another", () => {
    const first = new Machine({ hostname: "first" });
    const generation = first.generation;
    run(first, "mkdir -m 700 kept; echo data > kept/file; ln kept/file kept/link");
    assert.ok(first.generation > generation);
    const second = new Machine({ image: first.snapshot() });
    assert.equal(run(second, "ls -ld kept kept/file | cut -d ' ' -f 1,2").stdout, "drwx------ 2\n-rw-r--r-- 2\n");
    assert.equal(run(second, "cat kept/link").stdout, "data\n");
    run(second, "rm -r kept");
    assert.equal(run(first, "cat kept/link").stdout, "data\n");
    assert.throws(() => new Machine({ image: new Uint8Array([1, 2, 3]) }), Error);
});

test("many machines live beside each other", () => {
    const machines = Array.from({ length: 100 }, (_, index) => new Machine({ hostname: `m${index}` }));
    machines.forEach((machine, index) => assert.equal(run(machine, "hostname").stdout, `m${index}\n`));
    for (const machine of machines) machine.free();
});
