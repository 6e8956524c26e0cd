import type { PresenceChanged, ReadMoved, Texts } from "./contract";

const mostShown = 99;

/** Shows everywhere on the page whether a person is online: as a mark and in words. */
export function showPresence({ personId, online }: PresenceChanged, texts: Texts): void {
  for (const element of marked("presence", personId)) {
    element.dataset["online"] = String(online);
    (element.querySelector(".word") ?? element).textContent = online ? texts.online : texts.offline;
    const here = element.closest<HTMLElement>(".here");
    if (here) here.dataset["count"] = String(here.querySelectorAll("[data-online=true]").length);
  }
}

/** Writes the number of unread messages of a channel wherever the page shows it; none shows nothing. */
export function showUnread({ channelId, unread }: ReadMoved): void {
  for (const element of marked("unread", channelId)) {
    const label = element.querySelector(".vh"); // what the number counts, for those who hear it
    element.replaceChildren(...label ? [label] : [], unread > mostShown ? `${mostShown}+` : String(unread));
    element.hidden = unread === 0;
  }
}

function marked(name: string, value: string): NodeListOf<HTMLElement> {
  return document.querySelectorAll<HTMLElement>(`[data-${name}="${CSS.escape(value)}"]`);
}
