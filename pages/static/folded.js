// What somebody has folded open stays open when their page brings something new.
(function () {
  "use strict";
  var open = [];
  function named(summary) {
    return summary.textContent.replace(/\d+/g, "").trim();
  }
  function summaries() {
    return Array.from(document.querySelectorAll("#case details > summary"));
  }
  document.addEventListener("htmx:beforeSwap", function () {
    open = summaries().filter(function (one) { return one.parentElement.open; }).map(named);
  });
  document.addEventListener("htmx:afterSwap", function () {
    summaries().forEach(function (one) {
      if (open.includes(named(one))) one.parentElement.open = true;
    });
  });
})();
