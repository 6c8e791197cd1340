// [data-dismiss] takes away the message it stands in.
document.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest(".alert").remove());
