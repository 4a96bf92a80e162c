// Draws the page Map: outlines, and a marker a place. Places whose markers would hide each other at this zoom are one
// marker, which opens a list of them. Everything comes from this server; the list beside the map holds the same.
"use strict";
(() => {
  const LARGEST = 56, SMALLEST = 30; // pixels across a marker
  const IN_LIST = 12; // places that a marker of several names

  const sizeOf = (events) => Math.min(LARGEST, SMALLEST + 5 * Math.log2(Math.max(1, events)));

  const made = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text || "" }, more);

  const counted = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;

  // Places, most events first, each given to the nearest marker that it would touch, or to one of its own.
  function clustered(map, places) {
    const clusters = [];
    for (const place of places) {
      const at = map.project(place.at, map.getZoom());
      let nearest = null, least = Infinity;
      for (const cluster of clusters) {
        const apart = at.distanceTo(cluster.point);
        if (apart < least) { nearest = cluster; least = apart; }
      }
      const touch = nearest && (sizeOf(nearest.events) + sizeOf(place.events)) / 2;
      if (nearest && least < touch) {
        nearest.places.push(place);
        nearest.events += place.events;
      } else clusters.push({ point: at, at: place.at, places: [place], events: place.events });
    }
    return clusters;
  }

  function iconOf(cluster) {
    const kind = cluster.places.length > 1 ? "several" : cluster.places[0].precision;
    const size = sizeOf(cluster.events);
    return L.divIcon({ className: `marker ${kind}`, html: made("span", String(cluster.events)), iconSize: [size, size] });
  }

  function labelOf(cluster) {
    const events = counted(cluster.events, "event");
    if (cluster.places.length > 1) return `${cluster.places.length} places near ${cluster.places[0].name}: ${events}`;
    const [place] = cluster.places;
    return `${place.name}, ${place.kind}: ${events}`;
  }

  function onePlace(place) {
    const box = made("div");
    box.append(made("h3", place.name));
    const about = [place.country !== place.name && place.country, place.kind, counted(place.events, "event")];
    box.append(made("p", about.filter(Boolean).join(" · "), { className: "soft" }));
    const latest = made("div", "Latest events …");
    latest.setAttribute("aria-live", "polite");
    const all = made("p");
    all.append(made("a", "All events of this place", { href: place.href }));
    box.append(latest, all);
    return { box, latest };
  }

  async function fillLatest(place, { latest }, popup) {
    try {
      const answer = await fetch(place.latest);
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      latest.replaceChildren(page.querySelector("#latest .rows"));
    } catch {
      latest.textContent = "The latest events can't be shown now.";
    }
    popup.update();
  }

  function severalPlaces(map, cluster) {
    const box = made("div");
    box.append(made("h3", counted(cluster.places.length, "place")));
    const list = made("ul", "", { className: "several-places" });
    for (const place of cluster.places.slice(0, IN_LIST)) {
      const item = made("li");
      item.append(made("a", place.name, { href: place.href }), ` (${place.kind}): ${counted(place.events, "event")}`);
      list.append(item);
    }
    box.append(list);
    if (cluster.places.length > IN_LIST) box.append(made("p", `and ${cluster.places.length - IN_LIST} more`));
    if (map.getZoom() < map.getMaxZoom()) {
      const closer = made("button", "Zoom to these places", { type: "button", className: "plain" });
      closer.addEventListener("click", () => {
        const bounds = L.latLngBounds(cluster.places.map((place) => place.at));
        const zoom = Math.max(map.getBoundsZoom(bounds.pad(0.2)), map.getZoom() + 1);
        map.closePopup();
        map.setView(bounds.getCenter(), Math.min(zoom, map.getMaxZoom()));
        map.getContainer().focus();
      });
      box.append(closer);
    }
    return box;
  }

  function markerOf(map, cluster) {
    const marker = L.marker(cluster.at, { icon: iconOf(cluster), riseOnHover: true });
    marker.bindPopup("", { maxWidth: Math.min(320, map.getSize().x - 60), maxHeight: map.getSize().y - 120, autoPanPadding: [10, 10] });
    marker.on("add", () => {
      marker.getElement().setAttribute("aria-label", labelOf(cluster));
      marker.getElement().setAttribute("aria-haspopup", "dialog");
    });
    marker.on("popupopen", ({ popup }) => {
      if (cluster.places.length > 1) popup.setContent(severalPlaces(map, cluster));
      else {
        const parts = onePlace(cluster.places[0]);
        popup.setContent(parts.box);
        fillLatest(cluster.places[0], parts, popup);
      }
      const window = popup.getElement();
      window.setAttribute("role", "dialog");
      window.setAttribute("aria-label", labelOf(cluster));
      window.tabIndex = -1;
      window.focus({ preventScroll: true });
    });
    marker.on("popupclose", ({ popup }) => {
      const icon = marker.getElement();
      if (icon && popup.getElement().contains(document.activeElement)) icon.focus({ preventScroll: true });
    });
    return marker;
  }

  async function json(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  }

  let map = null;

  async function draw() {
    const box = document.getElementById("map");
    if (!box || box.dataset.drawn) return;
    box.dataset.drawn = "yes";
    try {
      const [outlines, collection] = await Promise.all([json(box.dataset.outlines), json(box.dataset.places)]);
      if (!box.isConnected || !box.dataset.drawn) return; // the page has changed meanwhile
      const places = collection.features.map(({ properties, geometry: { coordinates: [lon, lat] } }) => ({
        ...properties, at: L.latLng(lat, lon),
      }));
      const inner = box.appendChild(made("div", "", { className: "drawn" }));
      map = L.map(inner, { attributionControl: false, minZoom: 0, maxZoom: 9, maxBounds: [[-88, -220], [88, 220]], scrollWheelZoom: false, zoomControl: false });
      L.control.zoom({ position: "bottomright" }).addTo(map); // popups open upwards
      L.geoJSON(outlines, { interactive: false, style: { className: "outline", fillOpacity: 1, weight: 1 } }).addTo(map);
      map.fitBounds(L.latLngBounds(places.map((place) => place.at)), { padding: [40, 40], maxZoom: 5 });
      const markers = L.layerGroup().addTo(map);
      const redraw = () => {
        markers.clearLayers();
        for (const cluster of clustered(map, places)) markers.addLayer(markerOf(map, cluster));
      };
      map.on("zoomend", redraw);
      // Leaflet hears the key only while the map itself has the focus, not a marker or a popup in it.
      inner.addEventListener("keydown", (event) => { if (event.key === "Escape") map.closePopup(); });
      redraw();
    } catch (error) {
      console.warn(error);
      box.hidden = true;
      document.getElementById("map-problem").hidden = false;
    }
  }

  // What is kept to go back to is the page as the server sent it: Leaflet's own elements can't be read again.
  function clear() {
    const box = document.getElementById("map");
    if (map) map.remove();
    map = null;
    if (!box) return;
    box.replaceChildren();
    delete box.dataset.drawn;
  }

  document.addEventListener("DOMContentLoaded", draw);
  document.addEventListener("htmx:beforeHistorySave", clear);
  document.addEventListener("htmx:historyRestore", draw);
  document.addEventListener("htmx:afterSettle", draw);
})();
