/** What this browser remembers: who one is, which mentions one has seen, which chats one has put away. */
export const memory = {
  get: (key) => {
    try {
      return localStorage.getItem(`sandbox ${key}`);
    } catch {
      return null; // storage is forbidden here: the page works without a memory
    }
  },
  set: (key, value) => {
    try {
      localStorage.setItem(`sandbox ${key}`, value);
    } catch {
      // as above
    }
  },
};
