using Microsoft.Playwright;
using TwinHub.Core.Text;

namespace TwinHub.Browser.Support;

/// <summary>What can be seen to be wrong with a page without knowing what it says.</summary>
public static class Layout
{
    private const string Overflow = """
        () => {
          const faults = [];
          const width = document.documentElement.clientWidth;
          const name = e => e.tagName.toLowerCase() + [...e.classList].map(c => "." + c).join("") + " “" + (e.textContent ?? "").trim().slice(0, 40) + "”";
          if (document.documentElement.scrollWidth > width || document.body.scrollWidth > width) faults.push(`the page is ${Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)} wide, the screen ${width}`);
          for (const e of document.body.querySelectorAll("*")) {
            const style = getComputedStyle(e), box = e.getBoundingClientRect();
            if (!e.checkVisibility() || box.width <= 1 || box.height <= 1 || style.clipPath !== "none" || e.closest(".vh, .skip, svg, .msg.joined header")) continue;
            const words = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
            const scrolls = e.closest(".tabs, .table-wrap, .log table, .log pre");
            if (words && !scrolls && (box.left < -1 || box.right > width + 1)) faults.push(`${name(e)} sticks out of the screen`);
            const cut = style.overflowX === "hidden" || style.overflowX === "clip" || e.matches("button, .btn, .chip, .count");
            if (cut && style.textOverflow !== "ellipsis" && e.textContent.trim() && e.scrollWidth > e.clientWidth + 1 && !e.matches("select, input, textarea")) faults.push(`${name(e)} is cut off sideways`);
            if ((style.overflowY === "hidden" || style.overflowY === "clip") && style.webkitLineClamp === "none" && e.textContent.trim() && e.scrollHeight > e.clientHeight + 2 && e !== document.body) faults.push(`${name(e)} is cut off below`);
          }
          return faults;
        }
        """;

    private const string Words = """
        () => {
          const words = [document.title];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode())
            if (node.parentElement.closest("script, style, noscript, [lang]:not(html)") === null) words.push(node.textContent);
          for (const e of document.body.querySelectorAll("[aria-label], [placeholder], [title], [alt]"))
            for (const a of ["aria-label", "placeholder", "title", "alt"]) if (e.hasAttribute(a)) words.push(e.getAttribute(a));
          return words.map(w => w.trim().replace(/\s+/g, " ")).filter(w => w);
        }
        """;

    /// <summary>English sentences of the pages; mails and the languages' own names stay as they are in every language.</summary>
    private static readonly HashSet<string> EnglishOnly = [.. Texts.Shared.All
        .Where(text => !text.Key.StartsWith("mail.", StringComparison.Ordinal) && text.Value.TryGetValue("en", out var en) && text.Value.TryGetValue("ar", out var ar) && en != ar && en.Length > 2)
        .Select(text => text.Value["en"]).Except(Languages.All.Select(Languages.OwnName))];

    /// <summary>Sideways overflow and text that is cut off.</summary>
    public static async Task<IReadOnlyList<string>> Faults(IPage page) => await page.EvaluateAsync<string[]>(Overflow);

    /// <summary>Keys that were shown as they are, and on an Arabic page English sentences of the interface.</summary>
    public static async Task<IReadOnlyList<string>> Untranslated(IPage page, string language)
    {
        var words = await page.EvaluateAsync<string[]>(Words);
        return [.. words.Where(word => Texts.Shared.All.ContainsKey(word) && word.Contains('.', StringComparison.Ordinal)).Select(word => $"the key {word} is shown"),
            .. words.Where(word => language != "en" && EnglishOnly.Contains(word)).Select(word => $"“{word}” is not translated")];
    }
}
