// [data-live-chart="<id of a table>"] is a chart drawn by the server. Once somebody points at
// it, touches it or comes to it with the keys, chart.js (data-chart-library) is fetched and
// draws the same numbers, read from that table, with their values under the pointer. With
// data-chart-now it does so at once. Without scripts, or if that fails, the picture stays.
const STARTS = ["pointerover", "focusin", "touchstart"];
let library;

function load(url) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.addEventListener("load", () => resolve(window.Chart));
    script.addEventListener("error", () => { library = undefined; reject(); });
    document.head.append(script);
  });
  return library;
}

// The rows as they stand in the table: shown as they are written there.
function pointsOf(chart) {
  const { liveChart, chartOf } = chart.dataset;
  const cells = chartOf ? `[data-of="${chartOf}"]` : "[data-value]";
  return [...document.querySelectorAll(`#${liveChart} tbody tr`)]
    .map((row) => ({ time: row.querySelector("time"), cell: row.querySelector(cells) }))
    .filter(({ time, cell }) => time && cell?.dataset.value)
    .map(({ time, cell }) => ({
      x: Date.parse(time.dateTime), y: Number(cell.dataset.value),
      when: time.textContent.trim(), shown: cell.textContent.trim(),
    }))
    .sort((one, other) => one.x - other.x);
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function paint(settings) {
  const { datasets } = settings.data;
  Object.assign(datasets[0], {
    borderColor: colour("--accent"), backgroundColor: colour("--accent-soft"),
    pointHoverBackgroundColor: colour("--accent"), pointHoverBorderColor: colour("--surface"),
  });
  if (datasets[1]) datasets[1].borderColor = colour("--low");
  const { x, y } = settings.options.scales;
  x.ticks.color = y.ticks.color = colour("--text-2");
  y.grid.color = colour("--line");
  Object.assign(settings.options.plugins.tooltip, {
    backgroundColor: colour("--raised"), borderColor: colour("--line-strong"),
    titleColor: colour("--text-2"), bodyColor: colour("--text"),
  });
  return settings;
}

function settingsOf(chart, points) {
  const { chartSince, chartUntil, chartZone, chartReorder } = chart.dataset;
  const since = Date.parse(chartSince), until = Date.parse(chartUntil);
  const language = document.documentElement.lang || undefined;
  // The day before the month, as the pages write it in English too.
  const days = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { day: "numeric", month: "short", timeZone: chartZone });
  const numbers = new Intl.NumberFormat(language);
  const last = points.at(-1);
  const font = { family: getComputedStyle(chart).fontFamily, size: 12 };
  const datasets = [{
    data: last.x < until ? [...points, { ...last, x: until }] : points,
    stepped: true, fill: true, borderWidth: 1.75, pointRadius: 0, pointHoverRadius: 4,
  }];
  if (chartReorder) {
    const y = Number(chartReorder);
    datasets.push({
      data: [{ x: since, y }, { x: until, y }], borderDash: [5, 4], borderWidth: 1, pointRadius: 0,
      pointHoverRadius: 0, isMark: true, order: -1,
    });
  }
  return {
    type: "line",
    data: { datasets },
    options: {
      animation: false, maintainAspectRatio: false, parsing: false, font,
      interaction: { mode: "nearest", axis: "x", intersect: false },
      scales: {
        x: {
          type: "linear", min: since, max: until, grid: { display: false },
          ticks: { font, align: "inner", maxRotation: 0, callback: (value) => days.format(value) },
          afterBuildTicks: (axis) => {
            // As many days as have room beside each other, each as wide as six letters.
            const steps = axis.chart.width < 5 * 6.5 * font.size ? [0, 2, 4] : [0, 1, 2, 3, 4];
            axis.ticks = steps.map((step) => ({ value: since + ((until - since) * step) / 4 }));
          },
        },
        y: {
          position: "right", beginAtZero: true, border: { display: false }, grid: { drawTicks: false },
          ticks: { font, padding: 8, maxTicksLimit: 6, precision: 0, callback: (value) => numbers.format(value) },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          displayColors: false, borderWidth: 1, titleFont: { ...font, weight: 400 }, bodyFont: { ...font, weight: 600 },
          filter: (item) => !item.dataset.isMark,
          callbacks: { title: ([item]) => item?.raw.when, label: (item) => item.raw.shown },
        },
      },
    },
  };
}

async function draw(chart) {
  if (chart.dataset.chartState) return;
  chart.dataset.chartState = "loading";
  const points = pointsOf(chart);
  try {
    const Chart = await load(chart.dataset.chartLibrary);
    const canvas = document.createElement("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", chart.querySelector("svg").getAttribute("aria-label"));
    const frame = document.createElement("div");
    frame.className = "chart-live";
    frame.append(canvas);
    chart.append(frame);
    chart.dataset.chartState = "live";
    const live = new Chart(canvas, paint(settingsOf(chart, points)));
    new MutationObserver(() => { paint(live.config); live.update("none"); })
      .observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
  } catch {
    delete chart.dataset.chartState;
  }
}

for (const start of STARTS) {
  document.addEventListener(start, (event) => {
    const chart = event.target.closest?.("[data-live-chart]");
    if (chart) draw(chart);
  }, { passive: true });
}
document.querySelectorAll("[data-chart-now]").forEach(draw);
