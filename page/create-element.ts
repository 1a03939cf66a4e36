type Child = Node | string | null;

/** An element with attributes and children; text becomes text nodes, never markup. */
export function createElement<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    element.setAttribute(attribute, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

export function createButton(label: string, onPress: () => void, title = label): HTMLButtonElement {
  const button = createElement('button', { type: 'button', title, 'aria-label': title }, label);
  button.addEventListener('click', onPress);
  return button;
}

/** The element of the page's skeleton with this id. */
export function findElement(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no element "${id}".`);
  return element;
}
