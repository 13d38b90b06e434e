/**
 * All that the dashboard renders with: h() makes an element, region() a part of the page that is drawn whole from a value.
 * Text is only ever set as text, so nothing that a device sends can become markup.
 */

const FOCUSABLE = 'a[href], button, input, select, [tabindex]';
const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes an element. Attributes that are functions become listeners ({onclick}), `vars` sets CSS custom properties, and
 * those that are null or false are left out, as are such children.
 */
export function h(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

/** The same in SVG. */
export function svg(tag, attributes = {}, ...children) {
  return dress(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * A part of the page: `show(value)` replaces what it holds by what `render(value)` returns, one node or several. If something
 * in it had the focus, what is in its place gets it.
 */
export function region(element, render) {
  return {
    element,
    show(...values) {
      const focused = [...element.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement);
      replace(element, render(...values));
      if (focused >= 0) {
        element.querySelectorAll(FOCUSABLE)[focused]?.focus({ preventScroll: true });
      }
    },
  };
}

export function replace(element, ...children) {
  element.replaceChildren(...shown(children));
}

function dress(element, { vars = {}, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  for (const [name, value] of Object.entries(vars)) {
    element.style.setProperty(name, value);
  }
  element.append(...shown(children));
  return element;
}

function shown(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}
