/**
 * The rendering functions: h() creates an element, region() a part of the page that is rerendered from a value. Text is
 * only set as text nodes, so text from devices cannot become markup.
 */

const FOCUSABLE = 'a[href], button, input, select, [tabindex]';
const SVG = 'http://www.w3.org/2000/svg';

/**
 * Creates an element. Attributes that are functions become listeners ({onclick}), `vars` sets CSS custom properties,
 * and attributes and children that are null or false are omitted.
 */
export function h(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

/** Creates an SVG element. */
export function svg(tag, attributes = {}, ...children) {
  return dress(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * A part of the page: `show(value)` replaces its content with the nodes of `render(value)`. If an element inside had
 * the focus, the element at its place gets it.
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
