// Prints what the clients of a Yjs server send, as JSON of base64: `hello` for each connection and
// one update for each note, each made by a document of its own so that no update waits for another.
import * as encoding from "lib0/encoding";
import * as Y from "yjs";

const [kind, connections, operations] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const NAME = "board";

function message(write) {
  const encoder = encoding.createEncoder();
  if (kind === "hocuspocus") encoding.writeVarString(encoder, NAME);
  write(encoder);
  return Buffer.from(encoding.toUint8Array(encoder)).toString("base64");
}

function hello() {
  return message((encoder) => {
    if (kind === "hocuspocus") {
      encoding.writeVarUint(encoder, 2); // authentication
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, "");
    } else {
      encoding.writeVarUint(encoder, 0); // sync, step 1
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint8Array(encoder, Y.encodeStateVector(new Y.Doc()));
    }
  });
}

function note(doc, number) {
  const marker = `@T${number.toString(16).padStart(8, "0")}.`;
  let update = null;
  const keep = (made) => {
    update = made;
  };
  doc.on("update", keep);
  doc.getMap("notes").set(`note-${number}-${Math.random().toString(36).slice(2, 14)}`, {
    column: "en",
    text: `${marker} Ingen ringer tilbage, selv om de sagde, de ville.`,
  });
  doc.off("update", keep);
  return message((encoder) => {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, 2); // an update
    encoding.writeVarUint8Array(encoder, update);
  });
}

const docs = Array.from({ length: connections }, () => new Y.Doc());
const ops = Array.from({ length: operations }, (_, n) => note(docs[n % connections], n));
process.stdout.write(JSON.stringify({ hello: hello(), ops }));
