/** A `DATA_DIR` for desks that bring their own Redis: it holds nothing but the trained model. */
import { tmpdir } from "node:os";
import { join } from "node:path";

export const TEST_DATA = join(tmpdir(), "bangban-test-data");
