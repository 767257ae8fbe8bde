import time
from tests.browser import pixels
def test_home(page, server, console_errors, outside_requests):
    t=time.perf_counter(); page.goto("/"); page.wait_for_selector("[data-testid=stApp]"); page.wait_for_timeout(3000)
    print(server.url, console_errors, outside_requests, time.perf_counter()-t)
    pixels.save(pixels.take(page), "probe")
def test_outside(page, watch):
    page.goto("/")
    r = page.evaluate("fetch('https://example.com/x').then(()=>'ok',e=>String(e))")
    r2 = page.evaluate("fetch('http://93.184.215.14/x').then(()=>'ok',e=>String(e))")
    w = page.evaluate("new Promise(r=>{const w=new WebSocket('wss://example.com/s'); w.onerror=()=>r('err'); w.onopen=()=>r('open')})")
    print(r, r2, w, watch.outside); watch.outside.clear()
def test_webgl(webgl_page):
    webgl_page.goto("/")
    print(webgl_page.evaluate("(()=>{const c=document.createElement('canvas').getContext('webgl2'); return c? c.getParameter(c.VERSION):'none'})()"))
def test_cache(page):
    page.goto("/"); page.wait_for_timeout(1500); page.goto("/"); page.wait_for_timeout(1500)
    print(page.evaluate("performance.getEntriesByType('resource').filter(e=>e.transferSize===0).length + ' of ' + performance.getEntriesByType('resource').length"))
