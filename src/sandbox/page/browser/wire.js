/** What came with the page, what is asked of the server, and how one is told that something did not work. */
export const state = JSON.parse(document.getElementById("state").textContent);
export const { words } = state;
const troubleLine = document.getElementById("trouble");

export async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

export function tell(text) {
  troubleLine.textContent = text;
  troubleLine.hidden = text === "";
}

/** Why something that a person did has not reached the desk; empty where it has, or where the message itself says why. */
export function hintFor(reason) {
  switch (reason) {
    case "no-answer":
    case "no-connection":
    case "closed":
      return words.noAnswer;
    case "refused":
      return words.refused;
    case "robot-removed":
      return words.robotRemoved;
    case "under-way":
      return words.underWay;
    default:
      return "";
  }
}
