/**
 * Which pages the browser may fetch before the click. Not what has its own side effects or weight (the ledger's
 * files, the API, downloads), not the desks, whose content changes with every form, and not answers that are rate-limited.
 */
export const speculationRules = JSON.stringify({
  prefetch: [
    {
      where: {
        and: [
          { href_matches: '/*' },
          { not: { href_matches: '/(api|oauth|files|hooks|.well-known)/*' } },
          { not: { href_matches: '/(agency|owner|authority|regulator|operator|account)' } },
          { not: { href_matches: '/(agency|owner|authority|regulator|operator|account|bids|register|inquiries|documents|evidence)/*' } },
          { not: { href_matches: '/ledger/(checkpoint|tile|payload)*' } },
          { not: { href_matches: '/(ask|sign-in|sign-out|register)*\\?*' } },
          { not: { href_matches: '/inbox' } },
          { not: { href_matches: '/inbox/*' } },
          { not: { selector_matches: '[download], [data-no-prefetch], [href$=".json"], [href$=".svg"], [href$=".txt"], [href$=".csv"]' } },
        ],
      },
      eagerness: 'moderate',
    },
  ],
})

/**
 * Copies a code where scripts run; where they do not, the button is hidden and one click selects the code. And fills a field with
 * sixteen random bytes, where its reader wants chance and no words.
 */
export const buttonScript = `document.addEventListener('click',e=>{const b=e.target.closest('[data-copy]'),c=e.target.closest('[data-chance]');if(c)document.getElementById(c.dataset.chance).value=Array.from(crypto.getRandomValues(new Uint8Array(16)),x=>x.toString(16).padStart(2,'0')).join('');if(b)navigator.clipboard?.writeText(b.dataset.copy).then(()=>{b.dataset.done='';setTimeout(()=>delete b.dataset.done,2e3)})})`
