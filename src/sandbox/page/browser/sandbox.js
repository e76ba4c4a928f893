/** The page's behaviour. Whatever is put together here is put together as text; HTML comes from the server alone. */
import { listen } from "./arriving.js";
import { columns, scrollDown } from "./column.js";
import { setUpColumn } from "./composer.js";
import { showStatus } from "./platforms.js";
import { setUpTabs } from "./seen.js";
import { state } from "./wire.js";

for (const column of columns.values()) setUpColumn(column);
setUpTabs();
for (const column of columns.values()) scrollDown(column);
showStatus(state.status);
listen();
