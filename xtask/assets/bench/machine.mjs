// Prints, as JSON, which machine this is: a number means little without it.
import os from "node:os";

const cpus = os.cpus();
const machine = {
  date: new Date().toISOString().slice(0, 10),
  cpu: cpus[0]?.model ?? "unknown",
  cores: cpus.length,
  memory_gib: Math.round(os.totalmem() / 2 ** 30),
  os: `${os.type()} ${os.release()} ${os.arch()}`,
  node: process.versions.node,
};
process.stdout.write(JSON.stringify(machine));
