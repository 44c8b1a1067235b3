/**
 * Fetches what lies over pages: menus, tips and toasts, with all that positions and animates them.
 *
 * It is one file, needed by nothing that is seen first. `LateOver` fetches it once the page is shown; whoever needs it
 * sooner asks here.
 */
export const loadOver = () => import("./Over");
