/** What an investigation is about without its kind, which the words around it say: `user:dana@acme.example` is `dana@acme.example`. */
export function dropKind(subject: string): string {
  return subject.replace(/^(?:user|session|ip):/, '');
}
