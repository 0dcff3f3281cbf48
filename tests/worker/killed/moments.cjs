// Loaded into a worker before its own code. A worker changes its output only at the moments that are counted here, so
// to die at each of them is to die at any time. At the one that MOMENT names, it dies with all that it started, as a container
// does, and in the middle of it where it has one. How many there were is the last line that a worker prints.
"use strict";
const childProcess = require("node:child_process");
const fs = require("node:fs");
const http = require("node:http");
const promises = require("node:fs/promises");

const last = Number(process.env.MOMENT ?? 0);
const programs = [];
let count = 0;

function moment(what, half = () => undefined) {
  if (++count !== last) return;
  half();
  fs.writeSync(2, `dead: ${what}\n`);
  for (const { pid } of programs) if (pid !== undefined) process.kill(pid, "SIGKILL");
  process.kill(process.pid, "SIGKILL");
}

const { spawn } = childProcess;
childProcess.spawn = (...args) => {
  const program = spawn(...args);
  programs.push(program);
  program.once("exit", () => programs.splice(programs.indexOf(program), 1));
  moment(`started ${args[0]}`);
  return program;
};

const { write, writev, writeSync, renameSync, rmSync } = fs;
fs.write = (file, bytes, ...rest) => {
  moment("half of what was to be written", () => writeSync(file, bytes, 0, Math.floor(bytes.length / 2)));
  return write(file, bytes, ...rest);
};
fs.writev = (file, pieces, ...rest) => {
  moment("one of several pieces written", () => writeSync(file, pieces[0]));
  return writev(file, pieces, ...rest);
};
fs.renameSync = (from, to) => {
  moment(`written, not yet renamed to ${to}`);
  renameSync(from, to);
  moment(`renamed to ${to}`);
};
fs.rmSync = (path, options) => {
  rmSync(path, options);
  moment(`removed ${path}`);
};

for (const name of ["mkdir", "rm"]) {
  const original = promises[name];
  promises[name] = async (path, options) => {
    const result = await original(path, options);
    moment(`${name} ${path}`);
    return result;
  };
}

// It changes something in S3 by these requests: the moments are before each request, and after it.
const { request } = http;
http.request = (...args) => {
  const { method = "GET", path = "" } = args.find((arg) => typeof arg === "object" && "method" in arg) ?? {};
  if (method === "GET" || method === "HEAD") return request(...args);
  moment(`about to ${method} ${path}`);
  return request(...args).once("response", () => moment(`done with ${method} ${path}`));
};

process.on("exit", () => writeSync(1, `moments ${count}\n`));
