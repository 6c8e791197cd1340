// input[data-picture-preview="<id of an img>"] shows the chosen file there before it is sent.
const stored = new WeakMap();

document.addEventListener("change", (event) => {
  const field = event.target.closest("input[data-picture-preview]");
  if (!field) return;
  const picture = document.getElementById(field.dataset.picturePreview);
  const placeholder = document.querySelector(`[data-picture-placeholder="${picture.id}"]`);
  if (!stored.has(picture)) stored.set(picture, picture.getAttribute("src"));
  if (picture.src.startsWith("blob:")) URL.revokeObjectURL(picture.src);
  const [file] = field.files;
  const source = file ? URL.createObjectURL(file) : stored.get(picture);
  if (source) picture.src = source;
  picture.hidden = !source;
  if (placeholder) placeholder.hidden = Boolean(source);
});
