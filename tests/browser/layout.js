// Looks at a page as a person would, and gives the faults it sees, in words: text that runs out of
// its box or over something else, words broken in the middle, targets too small to touch.
(leastTarget) => {
  const faults = [];
  const CLIPS = ["hidden", "clip", "auto", "scroll"];
  const TOUCHED = "button, a[href], input:not([type=hidden]), select, textarea, summary";

  const named = (element) =>
    `<${element.tagName.toLowerCase()} ${element.id || element.className}> ${element.textContent.trim().slice(0, 30)}`;

  // What is left of a box after everything around it has cut off its share.
  const seen = (element, box = element.getBoundingClientRect()) => {
    let { left, top, right, bottom } = box;
    for (let around = element.parentElement; around; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (!CLIPS.includes(style.overflowX) && !CLIPS.includes(style.overflowY)) continue;
      const edge = around.getBoundingClientRect();
      left = Math.max(left, edge.left);
      right = Math.min(right, edge.right);
      top = Math.max(top, edge.top);
      bottom = Math.min(bottom, edge.bottom);
    }
    return { left, top, right, bottom, width: right - left, height: bottom - top };
  };

  const isSeen = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    const cut = seen(element);
    return box.width > 1 && box.height > 1 && cut.width > 1 && cut.height > 1;
  };

  const ownText = (element) =>
    [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

  const everything = [...document.body.querySelectorAll("*")].filter(isSeen);

  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    const widest = everything.filter((element) => element.getBoundingClientRect().right > width + 1);
    faults.push(`the page scrolls sideways: ${widest.slice(0, 3).map(named).join("; ")}`);
  }

  for (const element of everything.filter((each) => each.matches(TOUCHED))) {
    // A link in the middle of a sentence is as high as its line.
    if (element.tagName === "A" && getComputedStyle(element).display === "inline") continue;
    const label = element.matches("[type=checkbox], [type=radio]") ? element.closest("label") : null;
    const { width: wide, height: high } = (label ?? element).getBoundingClientRect();
    if (Math.min(wide, high) < leastTarget - 0.5) {
      faults.push(`too small to touch (${Math.round(wide)}×${Math.round(high)}): ${named(element)}`);
    }
  }

  const texts = [];
  for (const element of everything) {
    const shortened = getComputedStyle(element).textOverflow === "ellipsis";
    for (const node of ownText(element)) {
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = element.getBoundingClientRect();
      const text = range.getBoundingClientRect();
      const isInline = getComputedStyle(element).display === "inline";
      if (!isInline && !shortened && (text.right > box.right + 1 || text.left < box.left - 1 || text.bottom > box.bottom + 2)) {
        faults.push(`text runs out of its box: ${named(element)}`);
      }
      texts.push({ element, box: seen(element, text) });
      // An address may break anywhere.
      if (element.closest("a[href^=http], a[href^=mailto]")) continue;
      for (const word of node.data.matchAll(/[\p{L}\p{N}]{2,}/gu)) {
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size > 1) {
          faults.push(`a word is broken, ${word[0]}: ${named(element)}`);
        }
      }
    }
  }

  for (const [index, one] of texts.entries()) {
    for (const other of texts.slice(index + 1)) {
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (wide > 2 && high > 4) faults.push(`texts lie over each other: ${named(one.element)} | ${named(other.element)}`);
    }
  }
  return faults;
}
