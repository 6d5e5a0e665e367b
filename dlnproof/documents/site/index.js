(function () {
  "use strict";
  var form = document.getElementById("search-form");
  var box = document.getElementById("search");
  var told = document.getElementById("found");
  var claims = Array.prototype.slice.call(document.querySelectorAll("#claim-list > li"));
  form.hidden = false;
  function filter() {
    var words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    claims.forEach(function (claim) {
      var text = claim.getAttribute("data-words");
      var fits = words.every(function (word) { return text.indexOf(word) >= 0; });
      claim.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    told.textContent = words.length ? shown + " of " + claims.length + " claims" : "";
  }
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  box.addEventListener("input", filter);
  filter();
  var drawing = document.querySelector(".graph-box");
  drawing.scrollLeft = (drawing.scrollWidth - drawing.clientWidth) / 2;
})();
