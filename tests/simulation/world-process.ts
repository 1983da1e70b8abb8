// One process that runs the worlds it is sent, one after the other, and sends back what became of each.
import type { runWorld, Plan } from './run';

const [bundleFile] = process.argv.slice(2);
const { runWorld: run } = (await import(bundleFile!)) as { runWorld: typeof runWorld };
// What fails is run again by whoever asks, with all there is to know.
Error.stackTraceLimit = 0;

process.on('message', (plan: Plan) => {
  void run(plan).then((outcome) => process.send!({ ...outcome, story: [] }));
});
