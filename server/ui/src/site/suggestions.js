// What the search box and the query editor ask by: things of the graph whose names begin so.

/**
 * Ask /search/suggest. Links that would leave the site are dropped; whatever goes wrong, there are no suggestions,
 * and the search itself tells more.
 * @returns {Promise<{label: string, kind: string, href: string, snippet?: string}[]>}
 */
export async function fetchSuggestions(words, signal) {
  try {
    const response = await fetch(`/search/suggest?${new URLSearchParams({ q: words })}`, {
      headers: { Accept: "application/json" },
      signal,
    });
    if (!response.ok) return [];
    const { suggestions } = await response.json();
    return suggestions.filter(({ href }) => href && new URL(href, location.href).origin === location.origin);
  } catch {
    return [];
  }
}
